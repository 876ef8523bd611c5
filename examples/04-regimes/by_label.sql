-- The mean Sharpe ratio of each type under each label, over all its parameter sets.
SELECT
    c.classifier_type AS classifier,
    r.regime,
    any_value(r.bars) AS bars,
    avg(r.sharpe_ratio) FILTER (WHERE s.strategy_type = 'buy_and_hold') AS buy_and_hold,
    avg(r.sharpe_ratio) FILTER (WHERE s.strategy_type = 'ma_crossover') AS ma_crossover,
    avg(r.sharpe_ratio) FILTER (WHERE s.strategy_type = 'rsi2_pullback') AS rsi2_pullback,
    avg(r.sharpe_ratio) FILTER (WHERE s.strategy_type = 'calm_uptrend') AS calm_uptrend
FROM regime_performance AS r
JOIN strategies AS s USING (run_id, strategy_id)
JOIN classifiers AS c USING (run_id, classifier_id)
GROUP BY c.classifier_type, r.regime
ORDER BY classifier, regime;
