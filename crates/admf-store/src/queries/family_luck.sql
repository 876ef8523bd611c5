-- What luck shows in the families of some runs: trials counted when the least of those runs and when the latest run of
-- the family finished, and the annualised Sharpe ratio that the best of the latter would have by luck.
-- $1 is a text with the ids of the runs in it.
SELECT
    family,
    MIN(CASE WHEN POSITION(run_id IN CAST($1 AS VARCHAR)) > 0 THEN trials END) AS fewest,
    MAX(trials) AS trials,
    MAX(expected_maximum_sharpe * SQRT(bars_per_year)) AS expected_maximum_sharpe
FROM runs
GROUP BY family
HAVING MAX(POSITION(run_id IN CAST($1 AS VARCHAR))) > 0
ORDER BY family;
