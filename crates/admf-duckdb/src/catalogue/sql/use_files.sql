SET VARIABLE {table}_files = (SELECT list(path ORDER BY rowid) FROM files);
DROP TABLE files;
