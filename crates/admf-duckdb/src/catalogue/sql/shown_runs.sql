-- The runs that tables show, which leaves out those that cannot be read.
SELECT run_id
FROM runs
ORDER BY run_id;
