-- Spearman's correlation of both decades: 1 would be the same order, 0 no relation.
WITH both_decades AS (
    SELECT
        rank() OVER (ORDER BY first.sharpe_ratio) AS first_rank,
        rank() OVER (ORDER BY later.sharpe_ratio) AS later_rank
    FROM optimization_runs AS first
    JOIN optimization_runs AS later USING (strategy_id)
    WHERE first.end_date < DATE '2009-01-01'
      AND later.start_date >= DATE '2009-01-01'
      AND first.strategy_type = 'nonsense'
      AND first.sharpe_ratio IS NOT NULL
      AND later.sharpe_ratio IS NOT NULL
)
SELECT
    count(*) AS rules,
    corr(first_rank, later_rank) AS rank_correlation
FROM both_decades;
