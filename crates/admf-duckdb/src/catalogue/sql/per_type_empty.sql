-- As long as nothing is asked of it, and where no run has a file.
CREATE OR REPLACE TEMP VIEW {table} AS
SELECT
    {columns}
FROM {shape}
LIMIT 0;
