//! `strategies`: one row per strategy of a run, with its metrics.

use crate::record::{Json, record};
use admf_model::{CorrelationId, Performance, RunId, StrategyId, Timestamp, TrialId};

record! {
    /// One rule with one parameter set on one symbol, in one run. Unique by `run_id` and `strategy_id`.
    pub struct StrategyRow = "strategies" {
        /// The run.
        run_id: RunId,
        /// Content hash of rule, parameters, symbol, interval, execution, costs and sizing: the same in every run.
        strategy_id: StrategyId,
        /// This strategy in this run: leads to its trades and events.
        correlation_id: CorrelationId,
        /// What the statistics count: rule, parameters, symbol, interval, sizing and execution without costs.
        trial_id: TrialId,
        /// Name of the definition, such as `ma_crossover`.
        strategy_type: String,
        /// Content hash of the definition, the same for all its parameter sets.
        strategy_version: String,
        /// The symbol.
        symbol: String,
        /// Parameter values by name.
        parameters: Json,
        /// The rule with its parameters in place, in canonical form; of an imported strategy the id that it had.
        rule: String,
        /// Parquet file of the positions wanted, relative to the run's folder.
        signal_file: Option<String>,
        /// Rows of this strategy in that file.
        signal_changes: i64,
        /// Evaluated bars divided by rows stored; undefined without a row.
        compression_ratio: Option<f64>,
        /// All metrics.
        performance: Performance,
        /// Sharpe ratio after costs: `sharpe_ratio` under the name that stands beside `gross_sharpe`.
        net_sharpe: Option<f64>,
        /// Trend label under which positions were held for most bars.
        market_regime: Option<String>,
        /// Volatility label under which positions were held for most bars.
        volatility_regime: Option<String>,
        /// Correlation label under which positions were held for most bars.
        correlation_regime: Option<String>,
        /// Bars evaluated; 0 where an imported strategy does not tell.
        evaluated_bars: i64,
        /// Bars per year used to annualise; 0 where an imported run does not tell.
        bars_per_year: f64,
        /// Bars at which the rule asked for long and short at once.
        conflicts: i64,
        /// Trades whose stop and target were inside one bar; the stop was taken.
        ambiguous_trades: i64,
        /// True when equity was lost completely.
        ruined: bool,
        /// True when a position was open at the last bar.
        open_position: bool,
    }
    catalogue {
        /// When the run began, UTC.
        created_at: Timestamp,
        /// When the run finished, UTC.
        processed_at: Timestamp,
        /// True unless a run that began later has a result of the same strategy on the same period of one dataset.
        is_newest: bool,
        /// How many runs have a result of the same strategy on the same period of one dataset.
        results: i64,
    }
}
