-- Seed 000, cross-strategy patterns: all high-performing runs. As written.
SELECT run_id, correlation_id, strategy_type
FROM optimization_runs
WHERE sharpe_ratio > 1.8
AND max_drawdown < 0.15;
