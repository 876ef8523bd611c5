-- With the times that only the run's metadata knows.
SELECT
    file.*,
    runs.created_at,
    runs.created_at + to_milliseconds(runs.elapsed_ms) AS processed_at
FROM read_parquet(getvariable('strategies_paths'), union_by_name = true) AS file
JOIN runs ON runs.run_id = file.run_id
