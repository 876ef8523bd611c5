-- All columns are in the files.
SELECT *
FROM read_parquet(getvariable('{table}_paths'), union_by_name = true)
