-- Strategies of two runs by type: how many both have, and how many only one of them. They are the same when rule,
-- parameters and symbol are, whatever they cost and however they are filled; of imported ones the trial tells.
SELECT
    COALESCE(a.strategy_type, b.strategy_type) AS strategy_type,
    COUNT(CASE WHEN b.strategy_id IS NULL THEN 1 END) AS only_in_first,
    COUNT(CASE WHEN a.strategy_id IS NULL THEN 1 END) AS only_in_second,
    COUNT(CASE WHEN a.strategy_id IS NOT NULL AND b.strategy_id IS NOT NULL THEN 1 END) AS in_both,
    COUNT(CASE WHEN a.strategy_id <> b.strategy_id THEN 1 END) AS in_both_on_other_terms
FROM (
    SELECT
        strategy_id,
        strategy_type,
        symbol,
        CASE WHEN rule LIKE 'imported: %' THEN trial_id ELSE rule END AS what
    FROM strategies
    WHERE run_id = CAST($1 AS VARCHAR)
) AS a
FULL OUTER JOIN (
    SELECT
        strategy_id,
        strategy_type,
        symbol,
        CASE WHEN rule LIKE 'imported: %' THEN trial_id ELSE rule END AS what
    FROM strategies
    WHERE run_id = CAST($2 AS VARCHAR)
) AS b
    ON b.symbol = a.symbol
    AND b.what = a.what
GROUP BY COALESCE(a.strategy_type, b.strategy_type)
ORDER BY strategy_type;
