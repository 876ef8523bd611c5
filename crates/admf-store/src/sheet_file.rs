//! A table of results as a Parquet file.

use crate::error::Result;
use crate::parquet_file::ParquetWriter;
use crate::record::Scalar;
use admf_model::{Cell, CellKind, Sheet};
use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use std::path::Path;
use std::sync::Arc;

/// Writes a sheet. A cell that is not of its column's kind is written as NULL.
pub fn write(path: &Path, sheet: &Sheet) -> Result<()> {
    let fields: Vec<Field> =
        sheet.columns.iter().map(|column| Field::new(&column.name, data_type(column.kind), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let columns =
        sheet.columns.iter().enumerate().map(|(at, column)| array(sheet, at, column.kind)).collect();
    let mut writer = ParquetWriter::create(path, Arc::clone(&schema), &[])?;
    if !sheet.columns.is_empty() {
        let batch =
            RecordBatch::try_new(schema, columns).expect("the arrays are built from the schema's kinds");
        writer.write(&batch)?;
    }
    writer.finish().map(drop)
}

fn data_type(kind: CellKind) -> DataType {
    match kind {
        CellKind::Text => String::TYPE.arrow(),
        CellKind::Integer => i64::TYPE.arrow(),
        CellKind::Number => f64::TYPE.arrow(),
        CellKind::Truth => bool::TYPE.arrow(),
    }
}

fn array(sheet: &Sheet, at: usize, kind: CellKind) -> ArrayRef {
    let cells = sheet.rows.iter().map(|row| &row[at]);
    match kind {
        CellKind::Text => String::array(cells.map(|cell| match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        })),
        CellKind::Integer => i64::array(cells.map(|cell| match cell {
            Cell::Integer(n) => Some(n),
            _ => None,
        })),
        CellKind::Number => f64::array(cells.map(|cell| match cell {
            Cell::Number(n) => Some(n),
            _ => None,
        })),
        CellKind::Truth => bool::array(cells.map(|cell| match cell {
            Cell::Truth(truth) => Some(truth),
            _ => None,
        })),
    }
}

#[cfg(test)]
mod tests;
