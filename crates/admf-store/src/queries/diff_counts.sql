-- Strategies of two runs by type: how many both have, and how many only one of them.
SELECT
    COALESCE(a.strategy_type, b.strategy_type) AS strategy_type,
    COUNT(CASE WHEN b.strategy_id IS NULL THEN 1 END) AS only_in_first,
    COUNT(CASE WHEN a.strategy_id IS NULL THEN 1 END) AS only_in_second,
    COUNT(CASE WHEN a.strategy_id IS NOT NULL AND b.strategy_id IS NOT NULL THEN 1 END) AS in_both
FROM (SELECT strategy_id, strategy_type FROM strategies WHERE run_id = CAST($1 AS VARCHAR)) AS a
FULL OUTER JOIN (SELECT strategy_id, strategy_type FROM strategies WHERE run_id = CAST($2 AS VARCHAR)) AS b
    ON b.strategy_id = a.strategy_id
GROUP BY COALESCE(a.strategy_type, b.strategy_type)
ORDER BY strategy_type;
