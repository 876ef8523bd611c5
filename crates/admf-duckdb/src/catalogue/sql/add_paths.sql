-- $1 has all paths, with the character that no path can have between them: a statement for each takes longer than
-- reading its file.
INSERT INTO paths
SELECT UNNEST(string_split(NULLIF(CAST($1 AS VARCHAR), ''), chr(0)));
