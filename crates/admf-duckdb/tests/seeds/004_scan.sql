-- Seed 004, command line: what `admf analytics scan --min-sharpe 1.5 --top 50` asks. As written.
SELECT * FROM strategies WHERE sharpe_ratio >= 1.5 ORDER BY sharpe_ratio DESC LIMIT 50;
