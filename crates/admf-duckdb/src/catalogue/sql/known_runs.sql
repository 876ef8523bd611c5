-- A run that was removed and repeated has its old id and another time.
SELECT
    run_id,
    created_at
FROM runs
ORDER BY
    run_id,
    created_at;
