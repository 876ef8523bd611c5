//! Columns of a table as an Arrow batch, and the check of a batch that comes from a file.

use super::RecordError;
use crate::tables::Table;
use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;

/// Puts columns under the table's schema.
///
/// # Panics
/// When they do not fit it: fields derive both the columns and the schema.
pub(crate) fn assemble(table: &Table, columns: Vec<ArrayRef>) -> RecordBatch {
    RecordBatch::try_new(table.schema(), columns).expect("fields write the columns that they declare")
}

/// Checks that columns have the names and types of a table's, in its order. Whether they say that they may be
/// undefined is not compared: only values count.
pub(crate) fn check_schema(table: &Table, found: &Schema) -> Result<(), RecordError> {
    let expected = table.schema();
    for position in 0..expected.fields().len().max(found.fields().len()) {
        let (want, have) = (expected.fields().get(position), found.fields().get(position));
        let equal = want.zip(have).is_some_and(|(want, have)| {
            want.name() == have.name() && same_type(want.data_type(), have.data_type())
        });
        if !equal {
            let describe = |field: Option<&std::sync::Arc<Field>>| {
                field.map_or_else(|| "the end".to_owned(), |f| format!("{} {}", f.name(), f.data_type()))
            };
            return Err(RecordError::Column {
                position: position + 1,
                expected: describe(want),
                found: describe(have),
            });
        }
    }
    Ok(())
}

/// Equal but for the names and nullability of list elements, which file formats spell differently.
fn same_type(left: &arrow::datatypes::DataType, right: &arrow::datatypes::DataType) -> bool {
    left.equals_datatype(right)
}
