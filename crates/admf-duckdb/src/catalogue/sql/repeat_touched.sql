DELETE FROM repeated_results
WHERE strategy_id IN (SELECT strategy_id FROM touched);
INSERT INTO repeated_results
{rows};
DROP TABLE touched;
