-- A table over its files. The empty table keeps its shape elsewhere and gives its name to the view.
CREATE SCHEMA IF NOT EXISTS shape;
CREATE TABLE shape.{table} AS
FROM {table}
LIMIT 0;
DROP TABLE {table};
CREATE VIEW {table} AS
{rows};
