-- Seed 000, emergent insights: losses while the regime changed.
-- Differs: there is no table `market_regime_changes`. A trade holds the trend labels of its entry and its exit, and the
-- time between them bounds how long the transition took; the type stands in `strategies`.
SELECT
    t.pnl,
    t.entry_regime as regime_before,
    t.exit_regime as regime_after,
    t.exit_time - t.entry_time as transition_duration
FROM trades t
JOIN strategies s ON t.correlation_id = s.correlation_id
WHERE t.entry_regime != t.exit_regime
AND s.strategy_type = 'mean_reversion'
AND t.pnl < 0;
