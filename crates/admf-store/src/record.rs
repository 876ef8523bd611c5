//! Tables: one struct per table, from which the Arrow schema, the Parquet files, the DDL and the data dictionary are
//! derived.

use crate::tables::Table;
use arrow::record_batch::RecordBatch;

mod batch;
mod date;
mod field;
mod performance;
mod scalar;
mod sheet;

pub(crate) use batch::{assemble, check_schema};
pub use date::{Date, DateError};
pub use field::{Columns, Field};
pub use scalar::{Json, Scalar};
pub use sheet::sheet;

/// A row type of a table. Implemented by [`record!`] only.
pub trait Record: Sized {
    /// The table.
    fn table() -> &'static Table;

    /// Rows as columns.
    fn to_batch(rows: &[Self]) -> RecordBatch;

    /// Columns as rows; checks names, types and values.
    fn from_batch(batch: &RecordBatch) -> Result<Vec<Self>, RecordError>;
}

/// Why columns are not rows of a table.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RecordError {
    /// Another column where one is expected.
    #[error("column {position} should be `{expected}`, found {found}")]
    Column {
        /// Position, from 1.
        position: usize,
        /// Name and type of the table's column, or `the end`.
        expected: String,
        /// Name and type of the file's column, or `the end`.
        found: String,
    },
    /// A value that cannot be in this column.
    #[error("column `{column}`, row {row}: {reason}")]
    Value {
        /// The column.
        column: String,
        /// Row, from 1.
        row: usize,
        /// What is wrong with the value.
        reason: String,
    },
}

/// Declares the rows of a table.
///
/// ```text
/// record! {
///     /// A fill of an order.
///     pub struct FillRow = "fills" {
///         /// The run.
///         run_id: RunId,
///         /// Money per unit.
///         price: Option<f64>,
///     }
///     catalogue {
///         /// When the run was made.
///         created_at: Timestamp,
///     }
/// }
/// ```
///
/// becomes
///
/// ```text
/// /// A fill of an order.
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct FillRow { /** The run. */ pub run_id: RunId, /** Money per unit. */ pub price: Option<f64> }
///
/// impl Record for FillRow {
///     fn table() -> &'static Table {
///         // name "fills", doc "A fill of an order.", columns from `Field::columns` of each field:
///         //   run_id Text NOT NULL, price Number; and of `catalogue`: created_at Timestamp
///     }
///     fn to_batch(rows: &[Self]) -> RecordBatch {
///         // `Field::write` of each field, assembled under the table's schema
///     }
///     fn from_batch(batch: &RecordBatch) -> Result<Vec<Self>, RecordError> {
///         // `Field::read` of each field, zipped into rows
///     }
/// }
/// ```
///
/// A field of type `Performance` becomes one column per entry of `admf_model::METRICS`. Columns under `catalogue` are
/// in the database only: they are filled from the run's `metadata.json`, so that wall-clock values stay out of the
/// Parquet files and two identical runs write identical files.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        pub struct $Row:ident = $table:literal {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )+
        }
        $( catalogue { $( $(#[doc = $extra_doc:literal])+ $extra:ident: $extra_type:ty, )+ } )?
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Row {
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
        }

        impl $crate::record::Record for $Row {
            fn table() -> &'static $crate::tables::Table {
                use $crate::record::Field;
                // A constant that is computed once; nothing changes it.
                static TABLE: std::sync::LazyLock<$crate::tables::Table> = std::sync::LazyLock::new(|| {
                    let columns = [$( <$type>::columns(stringify!($field), &[$($field_doc),+]) ),+].concat();
                    let catalogue: Vec<Vec<$crate::tables::Column>> =
                        vec![$( $( <$extra_type>::columns(stringify!($extra), &[$($extra_doc),+]) ),+ )?];
                    $crate::tables::Table::new($table, &[$($doc),+], columns, catalogue.concat())
                });
                &TABLE
            }

            fn to_batch(rows: &[Self]) -> arrow::record_batch::RecordBatch {
                use $crate::record::Field;
                let columns = [$( <$type>::write(rows.iter().map(|row| &row.$field)) ),+].concat();
                $crate::record::assemble(Self::table(), columns)
            }

            fn from_batch(
                batch: &arrow::record_batch::RecordBatch,
            ) -> std::result::Result<Vec<Self>, $crate::record::RecordError> {
                use $crate::record::Field;
                $crate::record::check_schema(Self::table(), &batch.schema())?;
                let mut columns = $crate::record::Columns::new(batch);
                $( let mut $field = <$type>::read(&mut columns)?.into_iter(); )+
                let mut rows = Vec::with_capacity(batch.num_rows());
                while let ($( Some($field), )+) = ($( $field.next(), )+) {
                    rows.push(Self { $( $field ),+ });
                }
                Ok(rows)
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests;
