-- How many strategies of a symbol changed their position in each year, and how often.
WITH changes AS (
    SELECT strategy_id, symbol, year(ts) AS year, ts, signal FROM signals
)
SELECT
    symbol,
    year,
    count(DISTINCT strategy_id) AS changed,
    count(*) FILTER (WHERE signal > 0) AS entries,
    count(*) FILTER (WHERE signal = 0) AS exits
FROM changes
GROUP BY ALL
ORDER BY symbol, year;
