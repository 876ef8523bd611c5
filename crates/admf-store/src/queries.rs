//! Questions to the database: each an `.sql` file beside the typed function that asks it.

use crate::database::DatabaseError;
use crate::filter::FilterError;
use admf_model::Cell;

mod diff;
mod family_luck;
mod known_words;
mod parameter_names;
mod parameter_pairs;
mod parameter_sensitivity;
mod parameter_values;
mod run_types;
mod scan;
mod scan_distinct;
mod strategy_regimes;

pub use diff::{compared_metrics, diff_counts, diff_metrics};
pub use family_luck::{FamilyLuck, family_luck};
pub use known_words::{KnownWords, known_words};
pub use parameter_names::parameter_names;
pub use parameter_pairs::parameter_pairs;
pub use parameter_sensitivity::parameter_sensitivity;
pub use parameter_values::{ParameterValue, parameter_values};
pub use run_types::run_types;
pub use scan::{ScanReport, ScanRequest, Sort, SortOrder, scan, scan_all};
pub use scan_distinct::{SAME_TRADES, scan_distinct};
pub use strategy_regimes::strategy_regimes;

/// A question that was not answered.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It cannot be asked.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// There is nothing by which to sort.
    #[error("cannot sort by `{name}`{}: metrics are {known}", near.as_ref().map_or_else(String::new, |n| format!(", did you mean `{n}`")))]
    UnknownMetric {
        /// What was asked for.
        name: String,
        /// The nearest metric.
        near: Option<&'static str>,
        /// All metrics.
        known: String,
    },
}

/// A decimal number of an answer; `None` where it is undefined.
pub fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x) => Some(*x),
        Cell::Integer(n) => Some(*n as f64),
        _ => None,
    }
}
