-- One row per strategy of a run, joined with its run: what was asked, what came out of it, under which regimes.
CREATE OR REPLACE VIEW optimization_runs AS
SELECT
    -- Identity
    s.run_id,
    r.created_at,
    s.correlation_id,
    s.strategy_id,
    s.trial_id,
    s.is_newest,
    s.results,
    r.name AS run_name,
    r.workflow_type,
    r.parent_run_id,
    -- Data
    r.family,
    r.dataset,
    r.bar_interval,
    r.start_date,
    r.end_date,
    s.evaluated_bars,
    s.bars_per_year,
    -- Strategy
    s.strategy_type,
    s.strategy_version,
    s.symbol,
    s.parameters,
    s.rule,
    -- Performance and risk
    {metrics},
    s.net_sharpe,
    r.trials,
    r.trial_sharpe_variance,
    r.expected_maximum_sharpe,
    -- Market conditions during the run
    s.market_regime,
    s.volatility_regime,
    s.correlation_regime,
    -- Execution
    r.commission_model,
    r.slippage_model,
    s.conflicts,
    s.ambiguous_trades,
    s.ruined,
    s.open_position,
    s.signal_file,
    s.signal_changes,
    s.compression_ratio,
    -- Event stream
    CAST(NULL AS BIGINT) AS event_count, -- Events recorded for the strategy; undefined where none were.
    CAST(NULL AS VARCHAR) AS first_event_id, -- First of them.
    CAST(NULL AS VARCHAR) AS last_event_id, -- Last of them.
    CAST(NULL AS VARCHAR) AS event_storage_path -- Where they are, relative to the run's folder.
FROM strategies s
JOIN runs r ON r.run_id = s.run_id;
