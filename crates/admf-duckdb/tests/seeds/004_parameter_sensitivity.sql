-- Seed 004, `parameter_sensitivity` where it was computed before.
-- Differs: values stand where the method binds arguments, and the run is the newest.
SELECT parameter_value, avg_sharpe, std_sharpe, count_strategies
FROM parameter_analysis
WHERE run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1)
    AND strategy_type = 'momentum' AND parameter_name = 'fast_period'
ORDER BY parameter_value;
