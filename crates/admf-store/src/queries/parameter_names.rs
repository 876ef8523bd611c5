//! `parameter_names.sql`: every parameter that a stored strategy has.

use crate::database::{Database, DatabaseError};
use admf_model::Cell;

/// The names, in order.
pub fn parameter_names(db: &mut dyn Database) -> Result<Vec<String>, DatabaseError> {
    let sheet = db.rows(include_str!("parameter_names.sql"), &[])?;
    let name = |cell: Option<Cell>| match cell {
        Some(Cell::Text(name)) => Some(name),
        _ => None,
    };
    Ok(sheet.rows.into_iter().filter_map(|row| name(row.into_iter().next())).collect())
}
