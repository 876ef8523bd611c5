-- With the times that only the run's metadata knows. Results of other runs are looked at later.
SELECT
    file.*,
    runs.created_at,
    runs.created_at + to_milliseconds(runs.elapsed_ms) AS processed_at,
    TRUE AS is_newest,
    CAST(1 AS BIGINT) AS results
FROM read_parquet(getvariable('strategies_paths'), union_by_name = true) AS file
JOIN runs ON runs.run_id = file.run_id
