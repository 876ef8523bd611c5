-- The mean Sharpe ratio of every pair of averages, as a table: is the best one alone?
PIVOT (
    SELECT
        CAST(parameters ->> 'fast' AS INTEGER) AS fast,
        CAST(parameters ->> 'slow' AS INTEGER) AS slow,
        sharpe_ratio
    FROM strategies
    WHERE strategy_type = 'ma_crossover'
)
ON slow
USING round(avg(sharpe_ratio), 2)
ORDER BY fast;
