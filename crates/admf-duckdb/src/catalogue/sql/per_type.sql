-- The rows of all files of a table of which every run has one per type.
CREATE OR REPLACE TEMP VIEW {table} AS
{rows};
