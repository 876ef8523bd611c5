-- How the values of one parameter of one type of strategies went with a metric, in one run: over all symbols (symbol is
-- NULL) and on each. Values of the metric are read, not computed.
SELECT
    symbol,
    CAST((parameters ->> CAST($3 AS VARCHAR)) AS DOUBLE PRECISION) AS value,
    COUNT(*) AS strategies,
    COUNT({metric}) AS defined,
    AVG({metric}) AS mean,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY {metric}) AS median,
    STDDEV_SAMP({metric}) AS deviation,
    MAX({metric}) AS highest,
    MIN({metric}) AS lowest
FROM strategies
WHERE run_id = CAST($1 AS VARCHAR)
    AND strategy_type = CAST($2 AS VARCHAR)
    AND (parameters ->> CAST($3 AS VARCHAR)) IS NOT NULL
GROUP BY GROUPING SETS ((value), (symbol, value))
ORDER BY
    symbol NULLS FIRST,
    value;
