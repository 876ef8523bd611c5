-- Seed 004, `parameter_sensitivity` computed on the fly.
-- Differs: values stand where the method binds arguments, and the run is the newest; DOUBLE for REAL, which would not
-- give 0.1 back; parentheses, because IS NOT NULL binds more tightly than ->> here.
SELECT
    CAST(parameters->>'fast_period' AS DOUBLE) as parameter_value,
    AVG(sharpe_ratio) as avg_sharpe,
    STDDEV(sharpe_ratio) as std_sharpe,
    COUNT(*) as count_strategies,
    MAX(sharpe_ratio) as best_sharpe
FROM strategies
WHERE run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1)
    AND strategy_type = 'momentum'
    AND (parameters->>'fast_period') IS NOT NULL
GROUP BY CAST(parameters->>'fast_period' AS DOUBLE)
ORDER BY parameter_value;
