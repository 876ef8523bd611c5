-- How the values of the parameters of one type of strategies went with the Sharpe ratio, in one run.
SELECT
    parameter_name,
    parameter_value,
    count_strategies,
    avg_sharpe,
    std_sharpe,
    best_sharpe
FROM parameter_analysis
WHERE run_id = CAST($1 AS VARCHAR)
    AND strategy_type = CAST($2 AS VARCHAR)
ORDER BY
    parameter_name,
    parameter_value;
