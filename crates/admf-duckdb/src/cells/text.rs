//! Values that a sheet shows as text: words, times, and whatever has no kind of its own.

use super::json;
use admf_model::{Cell, Timestamp};
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Int64Type, TimeUnit};
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};

/// Every value of a column as text.
pub(super) fn texts(array: &ArrayRef) -> Result<Vec<Cell>, ArrowError> {
    match array.data_type() {
        DataType::Utf8 => {
            Ok(array.as_string::<i32>().iter().map(|text| text.map(str::to_owned).into()).collect())
        }
        DataType::Timestamp(..) | DataType::Date32 => times(array),
        data_type if data_type.is_nested() => {
            (0..array.len()).map(|row| optional(array, row, json::render(array, row))).collect()
        }
        _ => {
            let formatter = ArrayFormatter::try_new(array, &FormatOptions::default())?;
            (0..array.len()).map(|row| optional(array, row, formatter.value(row).try_to_string())).collect()
        }
    }
}

fn optional(array: &ArrayRef, row: usize, text: Result<String, ArrowError>) -> Result<Cell, ArrowError> {
    if array.is_null(row) { Ok(Cell::Null) } else { text.map(Cell::Text) }
}

/// Times in UTC, as [`Timestamp`] writes them.
fn times(array: &ArrayRef) -> Result<Vec<Cell>, ArrowError> {
    let zone = match array.data_type() {
        DataType::Timestamp(_, zone) => zone.clone(),
        _ => None,
    };
    let micros = arrow::compute::cast(array, &DataType::Timestamp(TimeUnit::Microsecond, zone))?;
    let micros = arrow::compute::cast(&micros, &DataType::Int64)?;
    let text = |micros: i64| Timestamp::from_micros(micros).to_string();
    Ok(micros.as_primitive::<Int64Type>().iter().map(|micros| micros.map(text).into()).collect())
}
