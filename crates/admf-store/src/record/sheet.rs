//! Rows of a table as a sheet with the table's columns, for people and for export.

use super::{Date, Record, Scalar};
use crate::tables::ColumnType;
use admf_model::{Cell, CellKind, Sheet, Timestamp};
use arrow::array::ArrayRef;

/// The rows as cells: times and days in ISO 8601, lists as JSON.
pub fn sheet<R: Record>(rows: &[R]) -> Sheet {
    let columns = &R::table().columns;
    let mut sheet = Sheet::new(columns.iter().map(|column| (column.name, kind(column.kind))));
    let batch = R::to_batch(rows);
    let mut cells: Vec<_> = columns
        .iter()
        .zip(batch.columns())
        .map(|(column, array)| cells(column.kind, array).into_iter())
        .collect();
    for _ in rows {
        sheet.push(cells.iter_mut().map(|column| column.next().unwrap_or(Cell::Null)).collect());
    }
    sheet
}

fn kind(column: ColumnType) -> CellKind {
    match column {
        ColumnType::Tiny | ColumnType::Integer | ColumnType::Unsigned => CellKind::Integer,
        ColumnType::Number => CellKind::Number,
        ColumnType::Truth => CellKind::Truth,
        _ => CellKind::Text,
    }
}

fn cells(column: ColumnType, array: &ArrayRef) -> Vec<Cell> {
    match column {
        ColumnType::Text | ColumnType::Json => values(array, |text: String| text.into()),
        ColumnType::TextList => values(array, |list: Vec<String>| serde_json::json!(list).to_string().into()),
        ColumnType::Tiny => values(array, |n: i8| i64::from(n).into()),
        ColumnType::Integer => values(array, |n: i64| n.into()),
        ColumnType::Unsigned => values(array, |n: u64| i64::try_from(n).map_or(Cell::Null, Cell::Integer)),
        ColumnType::Number => values(array, |n: f64| n.into()),
        ColumnType::Truth => values(array, |truth: bool| truth.into()),
        ColumnType::Timestamp => values(array, |time: Timestamp| time.to_string().into()),
        ColumnType::Date => values(array, |date: Date| date.to_string().into()),
    }
}

/// # Panics
/// When the array is not of the type: both come from one definition.
fn values<S: Scalar>(array: &ArrayRef, cell: impl Fn(S) -> Cell) -> Vec<Cell> {
    let values = S::values(array).expect("what a row wrote can be read back");
    values.into_iter().map(|value| value.map_or(Cell::Null, &cell)).collect()
}

#[cfg(test)]
mod tests;
