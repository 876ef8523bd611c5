-- The three best of each symbol, with what luck leaves of them.
SELECT
    symbol,
    strategy_type,
    parameters,
    sharpe_ratio,
    deflated_sharpe,
    total_trades
FROM strategies
WHERE total_trades >= 10
QUALIFY row_number() OVER (PARTITION BY symbol ORDER BY sharpe_ratio DESC NULLS LAST) <= 3
ORDER BY symbol, sharpe_ratio DESC NULLS LAST;
