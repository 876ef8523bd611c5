-- A table over its files. Joined with a table of the same shape, so that types are those of the schema and a column
-- that an older file does not have is NULL.
CREATE SCHEMA IF NOT EXISTS shape;
CREATE TABLE shape.{table} AS
FROM {table}
LIMIT 0;
DROP TABLE {table};
CREATE VIEW {table} AS
FROM shape.{table}
UNION ALL BY NAME
{rows};
