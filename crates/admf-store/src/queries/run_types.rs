//! `run_types.sql`: the types of strategies in a run and how they did.

use crate::database::{Database, DatabaseError};
use admf_model::{RunId, Sheet};

/// One row per type: `strategy_type`, `strategies`, `traded`, `median_sharpe`, `best_sharpe`, `best_deflated`,
/// `best_return`.
pub fn run_types(db: &mut dyn Database, run: RunId) -> Result<Sheet, DatabaseError> {
    db.rows(include_str!("run_types.sql"), &[run.to_string().into()])
}
