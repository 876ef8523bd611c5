-- Seed 000, layer 1: high-Sharpe strategies in elevated volatility. As written.
SELECT * FROM optimization_runs
WHERE sharpe_ratio > 1.5
AND volatility_regime = 'ELEVATED'
ORDER BY sharpe_ratio DESC;
