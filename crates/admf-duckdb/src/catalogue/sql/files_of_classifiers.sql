-- With the time that only the run's metadata knows.
SELECT
    file.*,
    runs.created_at
FROM read_parquet(getvariable('classifiers_paths'), union_by_name = true) AS file
JOIN runs ON runs.run_id = file.run_id
