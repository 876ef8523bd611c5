-- Seed 000, phase 1: profitable strategies in specific conditions.
-- Differs: `created_at` is UTC, and NOW() is compared with it as such.
WITH strategy_summary AS (
    SELECT
        strategy_type,
        market_regime,
        volatility_regime,
        AVG(sharpe_ratio) as avg_sharpe,
        AVG(total_return) as avg_return,
        STDDEV(total_return) as return_stability,
        COUNT(*) as run_count
    FROM optimization_runs
    WHERE created_at > CAST(NOW() AT TIME ZONE 'UTC' AS TIMESTAMP) - INTERVAL '30 days'
    GROUP BY strategy_type, market_regime, volatility_regime
)
SELECT * FROM strategy_summary
WHERE avg_sharpe > 1.2
AND run_count > 10
ORDER BY avg_sharpe * return_stability DESC;
