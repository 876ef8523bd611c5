-- Seed 000, layer 2: the runs whose events are looked into.
-- Differs: the column is `sharpe_ratio`, not `sharpe`.
SELECT * FROM optimization_runs WHERE sharpe_ratio > 2.0;
