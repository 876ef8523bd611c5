-- Seed 004, `scan_performance`.
-- Differs: values stand where the method binds arguments.
SELECT
    s.strategy_id,
    s.strategy_type,
    s.parameters,
    s.sharpe_ratio,
    s.max_drawdown,
    s.win_rate,
    s.total_trades,
    s.signal_changes,
    r.run_id,
    r.created_at
FROM strategies s
JOIN runs r ON s.run_id = r.run_id
WHERE 1=1 AND sharpe_ratio >= 1.5 AND strategy_type IN ('momentum', 'ma_crossover')
ORDER BY s.sharpe_ratio DESC
LIMIT 1000;
