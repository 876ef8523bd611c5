-- With the times that only the run's metadata knows, and compared with the results of other runs.
SELECT
    file.*,
    runs.created_at,
    runs.created_at + to_milliseconds(runs.elapsed_ms) AS processed_at,
    ROW_NUMBER() OVER (
        PARTITION BY file.strategy_id, runs.dataset, runs.start_date, runs.end_date
        ORDER BY runs.created_at DESC, file.run_id
    ) = 1 AS is_newest,
    COUNT(*) OVER (PARTITION BY file.strategy_id, runs.dataset, runs.start_date, runs.end_date) AS results
FROM read_parquet(getvariable('strategies_paths'), union_by_name = true) AS file
JOIN runs ON runs.run_id = file.run_id
