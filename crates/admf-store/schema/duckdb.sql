-- Generated from crates/admf-store/src/tables: change it there, then run `cargo xtask codegen`.

-- One execution of a spec.
CREATE TABLE runs (
    -- Identity of the run: spec, data, engine version and the ordinal of this repetition.
    run_id VARCHAR NOT NULL,
    -- When the run began, UTC.
    created_at TIMESTAMP NOT NULL,
    -- The name that the spec gives itself.
    name VARCHAR NOT NULL,
    -- What was done: `grid_search` or `backtest`.
    workflow_type VARCHAR NOT NULL,
    -- Family whose trials are counted together.
    family VARCHAR NOT NULL,
    -- Name of the dataset.
    dataset VARCHAR NOT NULL,
    -- Content hash of the dataset.
    dataset_hash VARCHAR NOT NULL,
    -- Symbols that strategies were run on.
    symbols VARCHAR[] NOT NULL,
    -- Length of a bar, such as `1d`.
    bar_interval VARCHAR NOT NULL,
    -- Bars per year used to annualise; 0 where an imported run does not tell.
    bars_per_year DOUBLE NOT NULL,
    -- First evaluated day.
    start_date DATE NOT NULL,
    -- Last evaluated day.
    end_date DATE NOT NULL,
    -- Evaluated bars, summed over symbols.
    total_bars BIGINT NOT NULL,
    -- Content hash of the spec.
    config_hash VARCHAR NOT NULL,
    -- Version of ADMF that computed the results; `imported` where another program did.
    engine_version VARCHAR NOT NULL,
    -- How commission was charged, such as `0.001 of value`.
    commission_model VARCHAR NOT NULL,
    -- How slippage was charged, such as `linear 0.0005`.
    slippage_model VARCHAR NOT NULL,
    -- The run of which this one traces or repeats a part.
    parent_run_id VARCHAR,
    -- `completed`: only finished runs are in the database.
    status VARCHAR NOT NULL,
    -- Strategies evaluated.
    strategies BIGINT NOT NULL,
    -- Trials of the family with at least one trade when the run finished: N of the deflated Sharpe ratio.
    trials BIGINT NOT NULL,
    -- Variance of the per-bar Sharpe ratios of those trials (n - 1): V of the deflated Sharpe ratio.
    trial_sharpe_variance DOUBLE,
    -- Sharpe ratio per bar that the best of those trials is expected to show by luck, never less than before in the family: SR₀ of the deflated Sharpe ratio.
    expected_maximum_sharpe DOUBLE,
    -- Folder of the run, relative to the workspace.
    workspace_path VARCHAR NOT NULL,
    -- How long the run took, in milliseconds.
    elapsed_ms BIGINT NOT NULL
);

-- One rule with one parameter set on one symbol, in one run. Unique by `run_id` and `strategy_id`.
CREATE TABLE strategies (
    -- The run.
    run_id VARCHAR NOT NULL USING COMPRESSION dictionary,
    -- Content hash of rule, parameters, symbol, interval, execution, costs and sizing: the same in every run.
    strategy_id VARCHAR NOT NULL USING COMPRESSION fsst,
    -- This strategy in this run: leads to its trades and events.
    correlation_id VARCHAR NOT NULL USING COMPRESSION fsst,
    -- What the statistics count: rule, parameters, symbol, interval, sizing and execution without costs.
    trial_id VARCHAR NOT NULL USING COMPRESSION fsst,
    -- Name of the definition, such as `ma_crossover`.
    strategy_type VARCHAR NOT NULL USING COMPRESSION dictionary,
    -- Content hash of the definition, the same for all its parameter sets.
    strategy_version VARCHAR NOT NULL USING COMPRESSION dictionary,
    -- The symbol.
    symbol VARCHAR NOT NULL USING COMPRESSION dictionary,
    -- Parameter values by name.
    parameters JSON NOT NULL USING COMPRESSION fsst,
    -- The rule with its parameters in place, in canonical form; of an imported strategy the id that it had.
    rule VARCHAR NOT NULL USING COMPRESSION fsst,
    -- Parquet file of the positions wanted, relative to the run's folder.
    signal_file VARCHAR USING COMPRESSION dictionary,
    -- Rows of this strategy in that file.
    signal_changes BIGINT NOT NULL,
    -- Evaluated bars divided by rows stored; undefined without a row.
    compression_ratio DOUBLE,
    -- Final equity divided by starting capital, less one.
    total_return DOUBLE,
    -- Compound growth per year: (1 + total) ^ (bars per year / n) - 1.
    annualized_return DOUBLE,
    -- Standard deviation of bar returns (n - 1), annualised.
    volatility DOUBLE,
    -- Annualised mean over standard deviation of bar returns above the risk-free rate; undefined without variance.
    sharpe_ratio DOUBLE,
    -- Annualised mean over downside deviation; undefined when no return is below the minimum acceptable one.
    sortino_ratio DOUBLE,
    -- Largest fall of equity from its running peak, a positive fraction.
    max_drawdown DOUBLE,
    -- Annualised return divided by maximum drawdown; undefined without a drawdown.
    calmar_ratio DOUBLE,
    -- Longest run of closes below the running peak of equity.
    longest_drawdown DOUBLE,
    -- Historical 95 % value at risk of a bar's return, a positive fraction for a loss.
    value_at_risk DOUBLE,
    -- Mean loss of the worst 5 % of bars.
    expected_shortfall DOUBLE,
    -- Skewness of bar returns, m3 / m2^1.5.
    skewness DOUBLE,
    -- Raw kurtosis of bar returns, m4 / m2^2; 3 for a normal distribution.
    kurtosis DOUBLE,
    -- Slope of bar returns against the symbol's own bar returns.
    beta DOUBLE,
    -- Share of closes in a position.
    exposure DOUBLE,
    -- Traded value per year divided by mean equity.
    turnover DOUBLE,
    -- Closed trades.
    total_trades BIGINT,
    -- Share of closed trades with a profit.
    win_rate DOUBLE,
    -- Sum of profits over sum of losses; undefined without a loss.
    profit_factor DOUBLE,
    -- Mean profit of winning trades.
    avg_win DOUBLE,
    -- Mean result of losing trades, negative.
    avg_loss DOUBLE,
    -- Largest profit of a trade.
    largest_win DOUBLE,
    -- Largest loss of a trade, negative.
    largest_loss DOUBLE,
    -- Mean return of closed trades.
    avg_trade_return DOUBLE,
    -- Mean bars from entry to exit of closed trades.
    avg_trade_duration DOUBLE,
    -- Total return of the same entries and exits without costs (rule 15).
    gross_return DOUBLE,
    -- Annualised return without costs.
    gross_annualized_return DOUBLE,
    -- Volatility without costs.
    gross_volatility DOUBLE,
    -- Sharpe ratio without costs.
    gross_sharpe DOUBLE,
    -- Sortino ratio without costs.
    gross_sortino DOUBLE,
    -- Maximum drawdown without costs.
    gross_max_drawdown DOUBLE,
    -- Calmar ratio without costs.
    gross_calmar DOUBLE,
    -- Gross less net Sharpe ratio: what costs took.
    cost_impact DOUBLE,
    -- Commission paid.
    total_commission DOUBLE,
    -- Money lost to slippage.
    total_slippage DOUBLE,
    -- Cost of borrowing for short positions.
    total_borrow DOUBLE,
    -- Commission, slippage and borrowing.
    total_costs DOUBLE,
    -- Costs of closed trades divided by their number.
    cost_per_trade DOUBLE,
    -- Slippage as a fraction of traded value.
    avg_slippage DOUBLE,
    -- Mean over the evaluated bars of the symbol's annualised 20-bar volatility.
    avg_market_volatility DOUBLE,
    -- Sharpe ratio per bar, not annualised: what the deflated Sharpe ratio is computed from.
    sharpe_per_bar DOUBLE,
    -- Probability that the true Sharpe ratio exceeds what the best of all trials of the family would show by luck (rule 26).
    deflated_sharpe DOUBLE,
    -- Sharpe ratio after costs: `sharpe_ratio` under the name that stands beside `gross_sharpe`.
    net_sharpe DOUBLE,
    -- Trend label under which positions were held for most bars.
    market_regime VARCHAR USING COMPRESSION dictionary,
    -- Volatility label under which positions were held for most bars.
    volatility_regime VARCHAR USING COMPRESSION dictionary,
    -- Correlation label under which positions were held for most bars.
    correlation_regime VARCHAR USING COMPRESSION dictionary,
    -- Bars evaluated; 0 where an imported strategy does not tell.
    evaluated_bars BIGINT NOT NULL,
    -- Bars per year used to annualise; 0 where an imported run does not tell.
    bars_per_year DOUBLE NOT NULL,
    -- Bars at which the rule asked for long and short at once.
    conflicts BIGINT NOT NULL,
    -- Trades whose stop and target were inside one bar; the stop was taken.
    ambiguous_trades BIGINT NOT NULL,
    -- True when equity was lost completely.
    ruined BOOLEAN NOT NULL,
    -- True when a position was open at the last bar.
    open_position BOOLEAN NOT NULL,
    -- When the run began, UTC.
    created_at TIMESTAMP NOT NULL,
    -- When the run finished, UTC.
    processed_at TIMESTAMP NOT NULL,
    -- True unless a run that began later has a result of the same strategy on the same period of one dataset.
    is_newest BOOLEAN NOT NULL,
    -- How many runs have a result of the same strategy on the same period of one dataset.
    results BIGINT NOT NULL
);

-- A classifier with its parameters on one symbol, in one run.
CREATE TABLE classifiers (
    -- The run.
    run_id VARCHAR NOT NULL,
    -- Content hash of rule, parameters, symbol and interval: the same in every run.
    classifier_id VARCHAR NOT NULL,
    -- Name of the definition.
    classifier_type VARCHAR NOT NULL,
    -- What its labels describe: `trend`, `volatility`, `correlation`, `drawdown`, or `unknown` where an imported one does not tell.
    role VARCHAR NOT NULL,
    -- The symbol.
    symbol VARCHAR NOT NULL,
    -- Parameter values by name.
    parameters JSON NOT NULL,
    -- The rule with its parameters in place, in canonical form.
    rule VARCHAR NOT NULL,
    -- Parquet file of the labels, relative to the run's folder.
    state_file VARCHAR,
    -- Changes from one label to another; bars without a label in between are no change in themselves.
    regime_changes BIGINT NOT NULL,
    -- Evaluated bars divided by rows stored; undefined without a row.
    compression_ratio DOUBLE,
    -- Evaluated bars by label.
    regime_counts JSON NOT NULL,
    -- Mean length of a stay under one label, in bars; undefined without a label.
    avg_regime_duration DOUBLE,
    -- Share of bars that carry the label of the bar before; undefined with fewer than two labelled bars.
    regime_stability DOUBLE,
    -- Share of the bars under a label (outer name) that are followed by a label (inner name).
    transition_matrix JSON NOT NULL,
    -- When the run began, UTC.
    created_at TIMESTAMP NOT NULL
);

-- A strategy under one label of one classifier, in one run.
CREATE TABLE regime_performance (
    -- The run.
    run_id VARCHAR NOT NULL,
    -- The strategy.
    strategy_id VARCHAR NOT NULL,
    -- The classifier.
    classifier_id VARCHAR NOT NULL,
    -- The label.
    regime VARCHAR NOT NULL,
    -- Annualised Sharpe ratio of the bar returns that belong to the label; undefined without variance.
    sharpe_ratio DOUBLE,
    -- Compound return of those bars; undefined without a bar.
    total_return DOUBLE,
    -- Share of closed trades entered under the label that made a profit; undefined without a trade.
    win_rate DOUBLE,
    -- Closed trades entered under the label.
    trade_count BIGINT NOT NULL,
    -- Mean bars from entry to exit of those trades; undefined without a trade.
    avg_duration DOUBLE,
    -- Bars whose return belongs to the label.
    bars BIGINT NOT NULL,
    -- One number to rank strategies under a label; undefined where the Sharpe ratio is.
    regime_aware_score DOUBLE
);

-- All strategies of a type with one value of one parameter, in one run.
CREATE TABLE parameter_analysis (
    -- The run.
    run_id VARCHAR NOT NULL,
    -- Name of the definition.
    strategy_type VARCHAR NOT NULL,
    -- Name of the parameter.
    parameter_name VARCHAR NOT NULL,
    -- Its value.
    parameter_value DOUBLE NOT NULL,
    -- Mean Sharpe ratio of those strategies that have one.
    avg_sharpe DOUBLE,
    -- Standard deviation of the Sharpe ratios (n - 1); undefined for fewer than two.
    std_sharpe DOUBLE,
    -- Strategies with this value, with or without a Sharpe ratio.
    count_strategies BIGINT NOT NULL,
    -- Highest Sharpe ratio.
    best_sharpe DOUBLE
);

-- A position from entry to exit.
CREATE TABLE trades (
    -- Content hash of the strategy's correlation id and the ordinal of the trade.
    trade_id VARCHAR NOT NULL,
    -- The run.
    run_id VARCHAR NOT NULL,
    -- The strategy.
    strategy_id VARCHAR NOT NULL,
    -- The strategy in this run.
    correlation_id VARCHAR NOT NULL,
    -- Closing time of the bar of the entry fill, UTC.
    entry_time TIMESTAMP NOT NULL,
    -- Closing time of the bar of the exit fill, UTC; of the last bar while open.
    exit_time TIMESTAMP NOT NULL,
    -- The symbol.
    symbol VARCHAR NOT NULL,
    -- `long` or `short`.
    direction VARCHAR NOT NULL,
    -- `closed`, or `open` at the end of the data: marked at the last close and not part of trade statistics.
    status VARCHAR NOT NULL,
    -- `rule`, `stop`, `target`, `max_bars`, `ruin` or `end`; undefined while open.
    exit_reason VARCHAR,
    -- Entry fill after slippage.
    entry_price DOUBLE NOT NULL,
    -- Exit fill after slippage.
    exit_price DOUBLE NOT NULL,
    -- Units held; negative when short.
    position_size DOUBLE NOT NULL,
    -- Profit after all costs, in the currency of the prices.
    pnl DOUBLE NOT NULL,
    -- Profit in percent of the entry value: 5 is 5 %.
    pnl_percent DOUBLE NOT NULL,
    -- Profit as a fraction of the entry value: 0.05 is 5 %.
    return_fraction DOUBLE NOT NULL,
    -- Largest unrealised gain, a fraction of the entry price, never negative.
    favourable_excursion DOUBLE NOT NULL,
    -- Largest unrealised loss, a fraction of the entry price, never negative.
    adverse_excursion DOUBLE NOT NULL,
    -- Annualised volatility of the symbol at the entry decision; undefined in the first bars.
    entry_volatility DOUBLE,
    -- Annualised volatility of the symbol at the exit decision; undefined in the first bars.
    exit_volatility DOUBLE,
    -- Trend label at the entry decision.
    entry_regime VARCHAR,
    -- Trend label at the exit decision.
    exit_regime VARCHAR,
    -- Volatility label at the entry decision.
    entry_volatility_regime VARCHAR,
    -- Volatility label at the exit decision.
    exit_volatility_regime VARCHAR,
    -- Event that asked for the position; undefined where no events were recorded.
    entry_signal_event_id VARCHAR,
    -- Event that asked for the exit; undefined where no events were recorded.
    exit_signal_event_id VARCHAR,
    -- Money lost to slippage at both fills.
    slippage DOUBLE NOT NULL,
    -- Commission of both fills.
    commission DOUBLE NOT NULL,
    -- Cost of borrowing while short.
    borrow DOUBLE NOT NULL,
    -- Bars from the entry fill to the exit fill.
    duration_bars BIGINT NOT NULL,
    -- Stop and target were inside the exit bar; the stop was taken.
    ambiguous BOOLEAN NOT NULL
);

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
    s.total_return,
    s.annualized_return,
    s.volatility,
    s.sharpe_ratio,
    s.sortino_ratio,
    s.max_drawdown,
    s.calmar_ratio,
    s.longest_drawdown,
    s.value_at_risk,
    s.expected_shortfall,
    s.skewness,
    s.kurtosis,
    s.beta,
    s.exposure,
    s.turnover,
    s.total_trades,
    s.win_rate,
    s.profit_factor,
    s.avg_win,
    s.avg_loss,
    s.largest_win,
    s.largest_loss,
    s.avg_trade_return,
    s.avg_trade_duration,
    s.gross_return,
    s.gross_annualized_return,
    s.gross_volatility,
    s.gross_sharpe,
    s.gross_sortino,
    s.gross_max_drawdown,
    s.gross_calmar,
    s.cost_impact,
    s.total_commission,
    s.total_slippage,
    s.total_borrow,
    s.total_costs,
    s.cost_per_trade,
    s.avg_slippage,
    s.avg_market_volatility,
    s.sharpe_per_bar,
    s.deflated_sharpe,
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
