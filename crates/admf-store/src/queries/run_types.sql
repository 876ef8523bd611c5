-- The types of strategies in a run: how many there are, how many traded (an open trade counts), and what the best and the middle one did.
SELECT
    strategy_type,
    COUNT(*) AS strategies,
    COUNT(CASE WHEN total_trades > 0 OR open_position THEN 1 END) AS traded,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY sharpe_ratio) AS median_sharpe,
    MAX(sharpe_ratio) AS best_sharpe,
    MAX(deflated_sharpe) AS best_deflated,
    MAX(total_return) AS best_return
FROM strategies
WHERE run_id = CAST($1 AS VARCHAR)
GROUP BY strategy_type
ORDER BY strategy_type;
