//! `family_luck.sql`: what luck shows in the families of some runs, as of their latest finished runs.

use crate::database::{Database, DatabaseError, SqlValue};
use admf_model::{Cell, RunId};

/// The trials of a family, and what the best of them would show without skill.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyLuck {
    /// The family.
    pub family: String,
    /// Trials that were counted when the earliest of the runs asked for finished.
    pub fewest: u64,
    /// Trials that were counted when the latest run of the family finished.
    pub trials: u64,
    /// Annualised Sharpe ratio that luck would show among the latter.
    pub expected_maximum_sharpe: Option<f64>,
}

/// Asks for the families of the runs.
pub fn family_luck(
    db: &mut dyn Database,
    runs: impl IntoIterator<Item = RunId>,
) -> Result<Vec<FamilyLuck>, DatabaseError> {
    let ids: String = runs.into_iter().map(|run| format!("{run} ")).collect();
    let sheet = db.rows(include_str!("family_luck.sql"), &[SqlValue::Text(ids)])?;
    Ok(sheet.rows.iter().filter_map(|row| luck(row)).collect())
}

fn luck(row: &[Cell]) -> Option<FamilyLuck> {
    let [Cell::Text(family), Cell::Integer(fewest), Cell::Integer(trials), expected] = row else {
        return None;
    };
    Some(FamilyLuck {
        family: family.clone(),
        fewest: fewest.unsigned_abs(),
        trials: trials.unsigned_abs(),
        expected_maximum_sharpe: super::number(expected),
    })
}
