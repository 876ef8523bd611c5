-- In which label of which classifier each type earns: the mean over all its parameter sets.
SELECT
    s.strategy_type,
    c.classifier_type,
    r.regime,
    count(*) AS strategies,
    avg(r.sharpe_ratio) AS mean_sharpe,
    sum(r.trade_count) AS trades
FROM regime_performance AS r
JOIN strategies AS s USING (run_id, strategy_id)
JOIN (SELECT DISTINCT run_id, classifier_id, classifier_type FROM classifiers) AS c USING (run_id, classifier_id)
GROUP BY ALL
ORDER BY ALL;
