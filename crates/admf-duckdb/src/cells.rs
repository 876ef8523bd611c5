//! From the columns that DuckDB answers with to the cells of a sheet.
//!
//! A sheet knows text, whole numbers, decimal numbers and truth. Times become ISO 8601 in UTC, decimals become
//! numbers, lists and structs become JSON, and what is not finite is undefined. Whole numbers beyond 64 bits make
//! their column a column of text, so that no digit is lost.

use admf_model::{Cell, CellKind};
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Decimal128Type, Float32Type, Float64Type, Int64Type};
use arrow::error::ArrowError;

mod json;
mod text;

/// What a column of this type holds, when all its values fit.
pub(crate) fn kind(data_type: &DataType) -> CellKind {
    match data_type {
        DataType::Boolean => CellKind::Truth,
        DataType::Decimal128(_, 0) => CellKind::Integer,
        other if other.is_integer() => CellKind::Integer,
        DataType::Float32 | DataType::Float64 | DataType::Decimal128(..) => CellKind::Number,
        _ => CellKind::Text,
    }
}

/// The values of one column of a batch.
pub(crate) fn cells(array: &ArrayRef) -> Result<Vec<Cell>, ArrowError> {
    match array.data_type() {
        DataType::Null => Ok(vec![Cell::Null; array.len()]),
        DataType::Boolean => Ok(array.as_boolean().iter().map(Cell::from).collect()),
        DataType::Float32 => {
            Ok(array.as_primitive::<Float32Type>().iter().map(|x| x.map(f64::from).into()).collect())
        }
        DataType::Float64 => Ok(array.as_primitive::<Float64Type>().iter().map(Cell::from).collect()),
        DataType::Decimal128(_, 0) => Ok(array.as_primitive::<Decimal128Type>().iter().map(whole).collect()),
        DataType::Decimal128(..) => decimals(array),
        DataType::UInt64 => {
            let values = array.as_primitive::<arrow::datatypes::UInt64Type>();
            Ok(values.iter().map(|x| whole(x.map(i128::from))).collect())
        }
        other if other.is_integer() => {
            let wide = arrow::compute::cast(array, &DataType::Int64)?;
            Ok(wide.as_primitive::<Int64Type>().iter().map(Cell::from).collect())
        }
        _ => text::texts(array),
    }
}

/// A whole number, as text when 64 bits do not hold it.
fn whole(value: Option<i128>) -> Cell {
    value.map_or(Cell::Null, |n| i64::try_from(n).map_or_else(|_| Cell::Text(n.to_string()), Cell::Integer))
}

/// Through the decimal digits, so that 0.1 is the number that a reader writes as 0.1.
fn decimals(array: &ArrayRef) -> Result<Vec<Cell>, ArrowError> {
    let digits = arrow::compute::cast(array, &DataType::Utf8)?;
    let number = |digits: &str| digits.parse::<f64>().map_err(|e| ArrowError::ParseError(e.to_string()));
    digits.as_string::<i32>().iter().map(|d| d.map(number).transpose().map(Cell::from)).collect()
}
