//! `labels`: the labels that a classifier gives, one row per change.

use crate::record::record;
use admf_model::{ClassifierId, RunId, Timestamp};

record! {
    /// From this bar on the classifier gives this label, until its next row.
    pub struct LabelRow = "labels" {
        /// The classifier.
        classifier_id: ClassifierId,
        /// The symbol.
        symbol: String,
        /// Closing time of the bar at which the label is first known, UTC.
        ts: Timestamp,
        /// The label; undefined where the classifier cannot say.
        regime: Option<String>,
    }
    catalogue {
        /// The run, from the name of its folder.
        run_id: RunId,
    }
}
