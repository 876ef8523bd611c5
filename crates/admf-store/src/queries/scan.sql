-- Strategies of all runs that fulfil every condition asked for, the best first.
-- Of the results of one strategy on the same period of one dataset only that of the run that began last, unless all are
-- asked for: runs of a spec repeat what they have in common.
-- $7 and $8 are lists: each word with the unit separator, chr(31), before and behind it.
-- Found once and counted apart: a window that counts would be filled by one thread.
WITH found AS {materialized} (
    SELECT
        run_id,
        strategy_id,
        strategy_type,
        symbol,
        parameters,
        sharpe_ratio,
        deflated_sharpe,
        trials,
        total_return,
        max_drawdown,
        total_trades,
        win_rate,
        market_regime,
        volatility_regime,
        {sort_column}
        {results} AS results_of_strategy
    FROM optimization_runs
    WHERE {newest}
        AND (CAST($1 AS DOUBLE PRECISION) IS NULL OR sharpe_ratio >= CAST($1 AS DOUBLE PRECISION))
        AND (CAST($2 AS DOUBLE PRECISION) IS NULL OR max_drawdown <= CAST($2 AS DOUBLE PRECISION))
        AND (CAST($3 AS BIGINT) IS NULL OR total_trades >= CAST($3 AS BIGINT))
        AND (CAST($4 AS DOUBLE PRECISION) IS NULL OR win_rate >= CAST($4 AS DOUBLE PRECISION))
        AND (CAST($5 AS DOUBLE PRECISION) IS NULL OR total_return >= CAST($5 AS DOUBLE PRECISION))
        AND (CAST($6 AS DOUBLE PRECISION) IS NULL OR deflated_sharpe >= CAST($6 AS DOUBLE PRECISION))
        AND (CAST($7 AS VARCHAR) IS NULL OR POSITION(chr(31) || strategy_type || chr(31) IN CAST($7 AS VARCHAR)) > 0)
        AND (CAST($8 AS VARCHAR) IS NULL OR POSITION(chr(31) || symbol || chr(31) IN CAST($8 AS VARCHAR)) > 0)
        AND (CAST($9 AS VARCHAR) IS NULL OR run_id = CAST($9 AS VARCHAR))
        AND (CAST($10 AS VARCHAR) IS NULL OR market_regime = CAST($10 AS VARCHAR))
        AND (CAST($11 AS VARCHAR) IS NULL OR volatility_regime = CAST($11 AS VARCHAR))
        AND {filter}
)
SELECT
    *,
    {matching} AS matching
FROM found
ORDER BY
    {sort_metric} {sort_order} NULLS LAST,
    strategy_id,
    run_id
LIMIT CAST($12 AS BIGINT);
