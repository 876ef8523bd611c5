//! `classifiers`: one row per classifier, symbol and run.

use crate::record::{Json, record};
use admf_model::{ClassifierId, RunId, Timestamp};

record! {
    /// A classifier with its parameters on one symbol, in one run.
    pub struct ClassifierRow = "classifiers" {
        /// The run.
        run_id: RunId,
        /// Content hash of rule, parameters, symbol and interval: the same in every run.
        classifier_id: ClassifierId,
        /// Name of the definition.
        classifier_type: String,
        /// What its labels describe: `trend`, `volatility`, `correlation`, `drawdown`, or `unknown` where an imported one
        /// does not tell.
        role: String,
        /// The symbol.
        symbol: String,
        /// Parameter values by name.
        parameters: Json,
        /// The rule with its parameters in place, in canonical form.
        rule: String,
        /// Parquet file of the labels, relative to the run's folder.
        state_file: Option<String>,
        /// Changes from one label to another; bars without a label in between are no change in themselves.
        regime_changes: i64,
        /// Evaluated bars divided by rows stored; undefined without a row.
        compression_ratio: Option<f64>,
        /// Evaluated bars by label.
        regime_counts: Json,
        /// Mean length of a stay under one label, in bars; undefined without a label.
        avg_regime_duration: Option<f64>,
        /// Share of bars that carry the label of the bar before; undefined with fewer than two labelled bars.
        regime_stability: Option<f64>,
        /// Share of the bars under a label (outer name) that are followed by a label (inner name).
        transition_matrix: Json,
    }
    catalogue {
        /// When the run began, UTC.
        created_at: Timestamp,
    }
}
