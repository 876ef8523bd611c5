-- With the run, in whose folder is the folder of the file.
SELECT
    file.* EXCLUDE (filename),
    parse_path(filename)[-3] AS run_id
FROM read_parquet(getvariable('{table}_paths'), union_by_name = true, filename = true) AS file
