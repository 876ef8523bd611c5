-- Seed 000, phase 1: parameter sweet spots. As written; `momentum` is any type with these two parameters.
WITH param_performance AS (
    SELECT
        strategy_type,
        parameters->>'fast_period' as fast_period,
        parameters->>'slow_period' as slow_period,
        AVG(sharpe_ratio) as avg_sharpe,
        COUNT(*) as runs
    FROM optimization_runs
    WHERE strategy_type = 'momentum'
    GROUP BY strategy_type, fast_period, slow_period
    HAVING COUNT(*) > 5
)
SELECT * FROM param_performance
WHERE avg_sharpe > 1.5
ORDER BY avg_sharpe DESC;
