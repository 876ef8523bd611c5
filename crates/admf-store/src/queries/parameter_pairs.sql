-- How the values of two parameters of one type of strategies went together with a metric, in one run.
SELECT
    CAST((parameters ->> CAST($3 AS VARCHAR)) AS DOUBLE PRECISION) AS first_value,
    CAST((parameters ->> CAST($4 AS VARCHAR)) AS DOUBLE PRECISION) AS second_value,
    AVG({metric}) AS mean
FROM strategies
WHERE run_id = CAST($1 AS VARCHAR)
    AND strategy_type = CAST($2 AS VARCHAR)
    AND (parameters ->> CAST($3 AS VARCHAR)) IS NOT NULL
    AND (parameters ->> CAST($4 AS VARCHAR)) IS NOT NULL
GROUP BY
    first_value,
    second_value
ORDER BY
    first_value,
    second_value;
