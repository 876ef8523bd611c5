-- Seed 004, `pre_compute_analytics`: the types of strategies in a run.
-- Differs: the run is the newest.
SELECT DISTINCT strategy_type FROM strategies WHERE run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1);
