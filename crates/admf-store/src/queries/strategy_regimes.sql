-- What one strategy of a run did under each label of each classifier.
SELECT
    c.classifier_type,
    p.regime,
    p.bars,
    p.sharpe_ratio,
    p.total_return,
    p.trade_count,
    p.win_rate,
    p.avg_duration
FROM regime_performance p
JOIN classifiers c
    ON c.run_id = p.run_id
    AND c.classifier_id = p.classifier_id
WHERE p.run_id = CAST($1 AS VARCHAR)
    AND p.strategy_id = CAST($2 AS VARCHAR)
ORDER BY
    c.classifier_type,
    p.regime;
