-- Results of strategies that several runs evaluated on the same period of one dataset.
SELECT
    strategy_id,
    correlation_id,
    recency = 1 AS is_newest,
    results
FROM (
    SELECT
        s.strategy_id,
        s.correlation_id,
        ROW_NUMBER() OVER (
            PARTITION BY s.strategy_id, r.dataset, r.start_date, r.end_date
            ORDER BY r.created_at DESC, s.run_id
        ) AS recency,
        COUNT(*) OVER (PARTITION BY s.strategy_id, r.dataset, r.start_date, r.end_date) AS results
    FROM strategies AS s
    JOIN runs AS r
        ON r.run_id = s.run_id
    WHERE s.strategy_id IN (
        SELECT strategy_id
        FROM strategies
        WHERE {which}
        GROUP BY strategy_id
        HAVING COUNT(*) > 1
    )
) AS every_result
WHERE results > 1
