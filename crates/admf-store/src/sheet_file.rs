//! A table of results as a Parquet file.

use crate::error::Result;
use crate::parquet_file::ParquetWriter;
use crate::record::Scalar;
use admf_model::{Cell, CellKind, Sheet, SheetColumn};
use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use std::path::Path;
use std::sync::Arc;

/// Writes a sheet. A cell that is not of its column's kind is written as NULL.
pub fn write(path: &Path, sheet: &Sheet) -> Result<()> {
    let mut writer = SheetWriter::create(path, &sheet.columns)?;
    writer.write(sheet)?;
    writer.finish()
}

/// Writes a sheet of any length in parts. The file appears when it is finished.
pub struct SheetWriter {
    schema: SchemaRef,
    writer: ParquetWriter,
}

impl SheetWriter {
    /// Begins a file with these columns.
    pub fn create(path: &Path, columns: &[SheetColumn]) -> Result<Self> {
        let field = |column: &SheetColumn| Field::new(&column.name, data_type(column.kind), true);
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        Ok(Self { writer: ParquetWriter::create(path, Arc::clone(&schema), &[])?, schema })
    }

    /// Appends the rows of a part, which has the columns of the file. A cell that is not of its column's kind is
    /// written as NULL.
    pub fn write(&mut self, part: &Sheet) -> Result<()> {
        if part.columns.is_empty() {
            return Ok(());
        }
        let columns = part.columns.iter().enumerate().map(|(at, column)| array(part, at, column.kind));
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns.collect())
            .expect("the arrays are built from the schema's kinds");
        self.writer.write(&batch)
    }

    /// Completes the file durably.
    pub fn finish(self) -> Result<()> {
        self.writer.finish().map(drop)
    }
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
