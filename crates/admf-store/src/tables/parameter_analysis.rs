//! `parameter_analysis`: how the value of one parameter went with the Sharpe ratio.

use crate::record::record;
use admf_model::RunId;

record! {
    /// All strategies of a type with one value of one parameter, in one run.
    pub struct ParameterAnalysisRow = "parameter_analysis" {
        /// The run.
        run_id: RunId,
        /// Name of the definition.
        strategy_type: String,
        /// Name of the parameter.
        parameter_name: String,
        /// Its value.
        parameter_value: f64,
        /// Mean Sharpe ratio of those strategies that have one.
        avg_sharpe: Option<f64>,
        /// Standard deviation of the Sharpe ratios (n - 1); undefined for fewer than two.
        std_sharpe: Option<f64>,
        /// Strategies with this value, with or without a Sharpe ratio.
        count_strategies: i64,
        /// Highest Sharpe ratio.
        best_sharpe: Option<f64>,
    }
}
