-- Strategies of a run that are no trials: without a trade the equity never moves, and a Sharpe ratio needs variance.
SELECT COUNT(*) AS uncounted
FROM strategies
WHERE run_id = CAST($1 AS VARCHAR)
  AND sharpe_per_bar IS NULL;
