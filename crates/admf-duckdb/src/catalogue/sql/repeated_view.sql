-- Where nothing is stored, repeated results are found when they are asked for.
DROP TABLE repeated_results;
CREATE VIEW repeated_results AS
{rows};
