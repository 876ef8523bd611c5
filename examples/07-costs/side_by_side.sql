-- Each type without and with costs: means over all parameter sets and symbols.
SELECT
    s.strategy_type,
    avg(s.total_trades) AS mean_trades,
    avg(s.sharpe_ratio) FILTER (WHERE r.name = 'free') AS free,
    avg(s.sharpe_ratio) FILTER (WHERE r.name = 'with costs') AS with_costs
FROM strategies AS s
JOIN runs AS r USING (run_id)
GROUP BY s.strategy_type
ORDER BY s.strategy_type;
