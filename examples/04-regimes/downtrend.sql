-- The strategies that earned most while the trend was down.
SELECT
    s.strategy_type,
    s.parameters,
    r.sharpe_ratio,
    r.total_return,
    r.trade_count
FROM regime_performance AS r
JOIN strategies AS s USING (run_id, strategy_id)
JOIN classifiers AS c USING (run_id, classifier_id)
WHERE c.classifier_type = 'trend'
  AND r.regime = 'DOWN'
  AND r.trade_count >= 5
ORDER BY r.sharpe_ratio DESC NULLS LAST, s.strategy_id
LIMIT 5;
