-- Seed 004, `pre_compute_analytics`: the parameters of a type of strategies.
-- Differs: values stand where the method binds arguments, and the run is the newest; DuckDB gives the keys as a list.
SELECT DISTINCT unnest(json_keys(parameters)) as param_name
FROM strategies
WHERE run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1) AND strategy_type = 'momentum';
