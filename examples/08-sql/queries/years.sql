-- What the trades of each type brought, by the year in which they ended.
SELECT
    year(t.exit_time) AS year,
    s.strategy_type,
    count(*) AS trades,
    avg(t.return_fraction) AS mean_return,
    sum(t.commission + t.slippage) AS costs
FROM trades AS t
JOIN strategies AS s USING (correlation_id)
WHERE t.status = 'closed'
GROUP BY ALL
ORDER BY ALL;
