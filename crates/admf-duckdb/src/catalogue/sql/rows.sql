-- The rows of a table from its files. Joined with an empty table of the right shape, so that types are those of the
-- schema, a column that an older file lacks is NULL, and one that is no longer in the schema is left out.
SELECT
    {columns}
FROM (
    (
        FROM {shape}
        LIMIT 0
    )
    UNION ALL BY NAME
    {files}
)
