SET VARIABLE {table}_paths = (SELECT list(path ORDER BY rowid) FROM paths);
DROP TABLE paths;
