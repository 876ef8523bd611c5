//! `runs`: one row per finished run. It is not a Parquet file: it comes from the run's `metadata.json`.

use crate::record::{Date, record};
use admf_model::{ContentHash, RunId, Timestamp};

record! {
    /// One execution of a spec.
    pub struct RunRow = "runs" {
        /// Identity of the run: spec, data, engine version and the ordinal of this repetition.
        run_id: RunId,
        /// When the run began, UTC.
        created_at: Timestamp,
        /// The name that the spec gives itself.
        name: String,
        /// What was done: `grid_search` or `backtest`.
        workflow_type: String,
        /// Family whose trials are counted together.
        family: String,
        /// Name of the dataset.
        dataset: String,
        /// Content hash of the dataset.
        dataset_hash: ContentHash,
        /// Symbols that strategies were run on.
        symbols: Vec<String>,
        /// Length of a bar, such as `1d`.
        bar_interval: String,
        /// Bars per year used to annualise; 0 where an imported run does not tell.
        bars_per_year: f64,
        /// First evaluated day.
        start_date: Date,
        /// Last evaluated day.
        end_date: Date,
        /// Evaluated bars, summed over symbols.
        total_bars: i64,
        /// Content hash of the spec.
        config_hash: ContentHash,
        /// Version of ADMF that computed the results; `imported` where another program did.
        engine_version: String,
        /// How commission was charged, such as `0.001 of value`.
        commission_model: String,
        /// How slippage was charged, such as `linear 0.0005`.
        slippage_model: String,
        /// The run of which this one traces or repeats a part.
        parent_run_id: Option<RunId>,
        /// `completed`: only finished runs are in the database.
        status: String,
        /// Strategies evaluated.
        strategies: i64,
        /// Trials of the family with at least one trade when the run finished: N of the deflated Sharpe ratio.
        trials: i64,
        /// Variance of the per-bar Sharpe ratios of those trials (n - 1): V of the deflated Sharpe ratio.
        trial_sharpe_variance: Option<f64>,
        /// Sharpe ratio per bar that the best of those trials is expected to show by luck, never less than before in
        /// the family: SR₀ of the deflated Sharpe ratio.
        expected_maximum_sharpe: Option<f64>,
        /// Folder of the run, relative to the workspace.
        workspace_path: String,
        /// How long the run took, in milliseconds.
        elapsed_ms: i64,
    }
}
