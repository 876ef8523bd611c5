-- Seed 000, query optimization: high-Sharpe strategies.
-- Differs: there is no materialized view `mv_high_sharpe_strategies`; the database is derived and fast without one.
SELECT * FROM optimization_runs
WHERE sharpe_ratio > 1.5;
