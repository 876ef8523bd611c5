-- The metrics of strategies that two runs have in common, side by side, where one of them is not the same to the last
-- bit. What is in common is as in diff_counts.sql.
SELECT
    a.strategy_id,
    a.strategy_type,
    a.symbol,
    a.parameters,
    b.strategy_id AS other_strategy_id,
    {metrics}
FROM strategies a
JOIN strategies b
    ON b.symbol = a.symbol
    AND CASE WHEN b.rule LIKE 'imported: %' THEN b.trial_id ELSE b.rule END
        = CASE WHEN a.rule LIKE 'imported: %' THEN a.trial_id ELSE a.rule END
WHERE a.run_id = CAST($1 AS VARCHAR)
    AND b.run_id = CAST($2 AS VARCHAR)
    AND ({differences})
ORDER BY a.strategy_id;
