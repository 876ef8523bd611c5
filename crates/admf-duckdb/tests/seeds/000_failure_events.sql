-- Seed 000, failure analysis: the largest losses.
-- Differs: a run has many strategies, so trades are joined by `correlation_id`; `pnl_percent` is in percent, so a loss
-- of 5 % is -5.
SELECT
    r.run_id,
    r.correlation_id,
    r.strategy_type,
    r.parameters,
    t.trade_id,
    t.pnl
FROM optimization_runs r
JOIN trades t ON r.correlation_id = t.correlation_id
WHERE t.pnl_percent < -5  -- 5% loss
ORDER BY t.pnl ASC
LIMIT 1000;
