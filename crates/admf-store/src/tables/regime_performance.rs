//! `regime_performance`: what a strategy did under each label of each classifier.

use crate::record::record;
use admf_model::{ClassifierId, RunId, StrategyId};

record! {
    /// A strategy under one label of one classifier, in one run.
    pub struct RegimePerformanceRow = "regime_performance" {
        /// The run.
        run_id: RunId,
        /// The strategy.
        strategy_id: StrategyId,
        /// The classifier.
        classifier_id: ClassifierId,
        /// The label.
        regime: String,
        /// Annualised Sharpe ratio of the bar returns that belong to the label; undefined without variance.
        sharpe_ratio: Option<f64>,
        /// Compound return of those bars; undefined without a bar.
        total_return: Option<f64>,
        /// Share of closed trades entered under the label that made a profit; undefined without a trade.
        win_rate: Option<f64>,
        /// Closed trades entered under the label.
        trade_count: i64,
        /// Mean bars from entry to exit of those trades; undefined without a trade.
        avg_duration: Option<f64>,
        /// Bars whose return belongs to the label.
        bars: i64,
        /// One number to rank strategies under a label; undefined where the Sharpe ratio is.
        regime_aware_score: Option<f64>,
    }
}
