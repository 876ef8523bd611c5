-- Paths of files on their way into a variable, which is what read_parquet can take them from.
CREATE TEMP TABLE paths (
    path VARCHAR NOT NULL
);
