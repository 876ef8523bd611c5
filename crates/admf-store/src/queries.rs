//! Questions to the database: each an `.sql` file beside the typed function that asks it.

use crate::database::DatabaseError;
use crate::filter::FilterError;

mod known_words;
mod parameter_names;
mod parameter_sensitivity;
mod run_types;
mod scan;
mod strategy_regimes;

pub use known_words::{KnownWords, known_words};
pub use parameter_names::parameter_names;
pub use parameter_sensitivity::parameter_sensitivity;
pub use run_types::run_types;
pub use scan::{ScanReport, ScanRequest, Sort, SortOrder, scan};
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
