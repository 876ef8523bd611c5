-- Seed 004, `top_combinations`: the best combinations of strategy and classifier.
-- Differs: values stand where the method binds arguments, and the run is the newest; ids are unique within a run only,
-- so tables are joined by run too.
SELECT
    rp.strategy_id,
    rp.classifier_id,
    s.strategy_type,
    c.classifier_type,
    s.parameters as strategy_params,
    c.parameters as classifier_params,
    AVG(rp.regime_aware_score) as avg_score,
    COUNT(rp.regime) as regime_count
FROM regime_performance rp
JOIN strategies s ON rp.strategy_id = s.strategy_id AND rp.run_id = s.run_id
JOIN classifiers c ON rp.classifier_id = c.classifier_id AND rp.run_id = c.run_id
WHERE s.run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1)
GROUP BY rp.strategy_id, rp.classifier_id,
         s.strategy_type, c.classifier_type,
         s.parameters, c.parameters
ORDER BY avg_score DESC
LIMIT 20;
