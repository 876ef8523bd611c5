-- Types and symbols that stored strategies have, each once.
SELECT
    'strategy_type' AS kind,
    strategy_type AS word
FROM strategies
GROUP BY strategy_type
UNION ALL
SELECT
    'symbol' AS kind,
    symbol AS word
FROM strategies
GROUP BY symbol
ORDER BY
    kind,
    word;
