-- Compares the results of the strategies noted. Most have one result and are done with.
UPDATE strategies
SET
    is_newest = compared.is_newest,
    results = compared.results
FROM (
    SELECT
        s.correlation_id,
        ROW_NUMBER() OVER (
            PARTITION BY s.strategy_id, r.dataset, r.start_date, r.end_date
            ORDER BY r.created_at DESC, s.run_id
        ) = 1 AS is_newest,
        COUNT(*) OVER (PARTITION BY s.strategy_id, r.dataset, r.start_date, r.end_date) AS results
    FROM strategies AS s
    JOIN runs AS r
        ON r.run_id = s.run_id
    WHERE s.strategy_id IN (
        SELECT strategy_id
        FROM strategies
        WHERE strategy_id IN (SELECT strategy_id FROM touched)
        GROUP BY strategy_id
        HAVING COUNT(*) > 1 OR MAX(results) > 1
    )
) AS compared
WHERE compared.correlation_id = strategies.correlation_id
    AND (compared.is_newest <> strategies.is_newest OR compared.results <> strategies.results);
DROP TABLE touched;
