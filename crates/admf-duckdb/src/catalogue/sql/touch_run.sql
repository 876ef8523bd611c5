INSERT INTO touched
SELECT strategy_id
FROM strategies
WHERE run_id = $1;
