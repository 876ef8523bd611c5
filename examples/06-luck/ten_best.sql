-- The ten best of the first decade, and what became of them in the second.
SELECT
    first.parameters,
    first.sharpe_ratio AS until_2008,
    later.sharpe_ratio AS from_2009
FROM optimization_runs AS first
JOIN optimization_runs AS later USING (strategy_id)
WHERE first.end_date < DATE '2009-01-01'
  AND later.start_date >= DATE '2009-01-01'
  AND first.strategy_type = 'nonsense'
ORDER BY until_2008 DESC NULLS LAST
LIMIT 10;
