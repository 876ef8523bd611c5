//! Lists and structs as JSON text, the only form in which a cell can hold them.

use admf_model::Cell;
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

/// One value of a nested column. Maps become lists of `{"key": …, "value": …}`, because their keys need not be text.
pub(super) fn render(array: &ArrayRef, row: usize) -> Result<String, ArrowError> {
    if array.is_null(row) {
        return Ok("null".to_owned());
    }
    match array.data_type() {
        DataType::List(_) => list(&array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row)),
        DataType::Map(..) => {
            let entries: ArrayRef = std::sync::Arc::new(array.as_map().value(row));
            list(&entries)
        }
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let member = |(field, column): (&std::sync::Arc<arrow::datatypes::Field>, &ArrayRef)| {
                Ok(format!("{}:{}", quote(field.name()), render(column, row)?))
            };
            let members: Result<Vec<String>, ArrowError> = fields.iter().zip(columns).map(member).collect();
            Ok(format!("{{{}}}", members?.join(",")))
        }
        _ => scalar(&array.slice(row, 1)),
    }
}

fn list(values: &ArrayRef) -> Result<String, ArrowError> {
    let items: Result<Vec<String>, ArrowError> = (0..values.len()).map(|row| render(values, row)).collect();
    Ok(format!("[{}]", items?.join(",")))
}

fn scalar(value: &ArrayRef) -> Result<String, ArrowError> {
    Ok(match super::cells(value)?.into_iter().next() {
        None | Some(Cell::Null) => "null".to_owned(),
        Some(Cell::Text(text)) => quote(&text),
        Some(Cell::Integer(n)) => n.to_string(),
        Some(Cell::Number(x)) => format!("{x:?}"),
        Some(Cell::Truth(truth)) => truth.to_string(),
    })
}

/// A JSON string.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() && c.is_ascii() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
