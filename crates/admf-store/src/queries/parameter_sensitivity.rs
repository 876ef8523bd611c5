//! `parameter_sensitivity.sql`: how parameter values went with the Sharpe ratio.

use crate::database::{Database, DatabaseError};
use admf_model::{RunId, Sheet};

/// One row per parameter and value: `parameter_name`, `parameter_value`, `count_strategies`, `avg_sharpe`,
/// `std_sharpe`, `best_sharpe`.
pub fn parameter_sensitivity(
    db: &mut dyn Database,
    run: RunId,
    strategy_type: &str,
) -> Result<Sheet, DatabaseError> {
    db.rows(include_str!("parameter_sensitivity.sql"), &[run.to_string().into(), strategy_type.into()])
}
