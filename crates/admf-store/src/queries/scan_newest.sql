-- Of the results of one strategy on the same period of one dataset, those of the run that began last, and how many there
-- are: runs of a spec repeat what they have in common.
(
    SELECT *
    FROM (
        SELECT
            *,
            ROW_NUMBER() OVER (
                PARTITION BY strategy_id, dataset, start_date, end_date
                ORDER BY created_at DESC, run_id
            ) AS recency,
            COUNT(*) OVER (PARTITION BY strategy_id, dataset, start_date, end_date) AS results
        FROM optimization_runs
    ) AS every_result
    WHERE recency = 1
) AS newest_results
