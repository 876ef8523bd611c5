-- Reads the footer of every file.
SELECT count(*)
FROM {table};
