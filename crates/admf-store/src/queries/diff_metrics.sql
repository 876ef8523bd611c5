-- The metrics of strategies that two runs have in common, side by side, where one of them is not the same to the last bit.
SELECT
    a.strategy_id,
    a.strategy_type,
    a.symbol,
    a.parameters,
    {metrics}
FROM strategies a
JOIN strategies b
    ON b.strategy_id = a.strategy_id
WHERE a.run_id = CAST($1 AS VARCHAR)
    AND b.run_id = CAST($2 AS VARCHAR)
    AND ({differences})
ORDER BY a.strategy_id;
