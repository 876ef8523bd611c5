-- Seed 000, regime transitions: strategies that experienced changes of the market regime.
-- Differs: there is no table `market_conditions`. Labels of the trend classifier on the strategy's symbol stand in view
-- `labels`, a row per change: a label and the next one are a transition.
WITH transitions AS (
    SELECT DISTINCT
        l.run_id,
        l.symbol,
        LAG(l.regime) OVER (PARTITION BY l.run_id, l.classifier_id, l.symbol ORDER BY l.ts) as regime_before,
        l.regime as regime_after
    FROM labels l
    JOIN classifiers c ON c.run_id = l.run_id AND c.classifier_id = l.classifier_id
    WHERE c.role = 'trend'
)
SELECT DISTINCT
    r.run_id,
    r.correlation_id,
    r.strategy_type,
    mc.regime_before,
    mc.regime_after,
    r.sharpe_ratio
FROM optimization_runs r
JOIN transitions mc ON r.run_id = mc.run_id AND r.symbol = mc.symbol
WHERE mc.regime_before != mc.regime_after;
