-- Seed 004, `strategy_correlations`.
-- Differs: there is no function `corr_with_signals`, and the method returned nothing. This is what it would have read;
-- `admf analytics correlations RUN --of signals` reads these files and correlates them.
WITH signal_data AS (
    SELECT
        strategy_id,
        signal_file,
        signal_changes
    FROM strategies
    WHERE run_id = (SELECT run_id FROM runs ORDER BY created_at DESC LIMIT 1)
)
SELECT * FROM signal_data;
