-- The rows of a table that is in its files completely.
SELECT *
FROM read_parquet(getvariable('{table}_files'), union_by_name = true)
