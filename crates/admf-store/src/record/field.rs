//! What a struct field becomes: one column, or several for a group of values.

use super::RecordError;
use super::scalar::Scalar;
use crate::tables::Column;
use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;

/// A type that a field of a row may have.
pub trait Field: Sized {
    /// The columns that the field becomes.
    fn columns(name: &'static str, doc: &[&str]) -> Vec<Column>;

    /// Their values, one array per column.
    fn write<'a>(values: impl Iterator<Item = &'a Self> + Clone) -> Vec<ArrayRef>
    where
        Self: 'a;

    /// Takes as many columns as [`Field::columns`] has and gives one value per row.
    fn read(columns: &mut Columns<'_>) -> Result<Vec<Self>, RecordError>;
}

/// The columns of a batch, taken from left to right. The batch has passed the schema check.
pub struct Columns<'a> {
    batch: &'a RecordBatch,
    position: usize,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(batch: &'a RecordBatch) -> Self {
        Self { batch, position: 0 }
    }

    /// The values of the next column, `None` where NULL.
    pub(crate) fn take<S: Scalar>(&mut self) -> Result<Vec<Option<S>>, RecordError> {
        let values = S::values(self.batch.column(self.position));
        self.position += 1;
        values.map_err(|(row, reason)| self.wrong(row, reason))
    }

    /// An error about a value of the column taken last.
    fn wrong(&self, row: usize, reason: String) -> RecordError {
        let column = self.batch.schema_ref().field(self.position - 1).name().clone();
        RecordError::Value { column, row: row + 1, reason }
    }
}

impl<S: Scalar> Field for S {
    fn columns(name: &'static str, doc: &[&str]) -> Vec<Column> {
        vec![Column::new(name, S::TYPE, doc, false)]
    }

    fn write<'a>(values: impl Iterator<Item = &'a Self> + Clone) -> Vec<ArrayRef>
    where
        Self: 'a,
    {
        vec![S::array(values.map(Some))]
    }

    fn read(columns: &mut Columns<'_>) -> Result<Vec<Self>, RecordError> {
        let values = columns.take::<S>()?;
        let defined = |(row, value): (usize, Option<S>)| {
            value.ok_or_else(|| columns.wrong(row, "is undefined".to_owned()))
        };
        values.into_iter().enumerate().map(defined).collect()
    }
}

impl<S: Scalar> Field for Option<S> {
    fn columns(name: &'static str, doc: &[&str]) -> Vec<Column> {
        vec![Column::new(name, S::TYPE, doc, true)]
    }

    fn write<'a>(values: impl Iterator<Item = &'a Self> + Clone) -> Vec<ArrayRef>
    where
        Self: 'a,
    {
        vec![S::array(values.map(Option::as_ref))]
    }

    fn read(columns: &mut Columns<'_>) -> Result<Vec<Self>, RecordError> {
        columns.take::<S>()
    }
}
