//! Comma-separated values: one header, full precision, nothing for undefined.

use super::document::{Body, Document};
use crate::failure::Failure;
use admf_model::{Cell, Sheet};

/// The main section as CSV; a text as it is.
pub(super) fn document(document: &Document) -> Result<String, Failure> {
    match (&document.main().body, document.sheet()) {
        (Body::Text(text), _) => Ok(text.clone()),
        (_, Some(table)) => part(&table, true),
        (_, None) => Ok(String::new()),
    }
}

/// Rows as CSV, with the header where they are the first.
pub(super) fn part(sheet: &Sheet, is_first: bool) -> Result<String, Failure> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let failed = |error: ::csv::Error| Failure::failed(&format!("cannot write CSV: {error}"));
    if is_first {
        writer.write_record(sheet.columns.iter().map(|column| &column.name)).map_err(failed)?;
    }
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| field(cell).unwrap_or_default())).map_err(failed)?;
    }
    let bytes =
        writer.into_inner().map_err(|error| Failure::failed(&format!("cannot write CSV: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A cell in full precision, `None` for undefined.
pub(super) fn field(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(n) => Some(n.to_string()),
        Cell::Truth(b) => Some(b.to_string()),
        // The shortest text that reads back as the same number, in exponent form where that is shorter.
        Cell::Number(n) => serde_json::Number::from_f64(*n).map(|n| n.to_string()),
    }
}
