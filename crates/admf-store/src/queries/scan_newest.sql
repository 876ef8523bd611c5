-- Of the results of one strategy on the same period of one dataset, those of the run that began last, and how many there
-- are: runs of a spec repeat what they have in common.
(
    SELECT
        every_result.*,
        COALESCE(repeated.results, 1) AS results
    FROM optimization_runs AS every_result
    LEFT JOIN repeated_results AS repeated
        ON repeated.correlation_id = every_result.correlation_id
    WHERE COALESCE(repeated.is_newest, TRUE)
) AS newest_results
