-- $1 is a list in JSON: a statement for each path takes longer than reading its file.
INSERT INTO paths
SELECT UNNEST(from_json(CAST($1 AS VARCHAR), '["VARCHAR"]'));
