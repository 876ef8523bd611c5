SELECT strategy_type, symbol, count(*) AS n, max(sharpe_ratio) AS best, max(deflated_sharpe) AS deflated FROM strategies GROUP BY ALL ORDER BY best DESC
