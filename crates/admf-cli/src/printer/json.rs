//! JSON: full precision, `null` for undefined, one shape whatever the number of rows.

use super::document::{Body, Document};
use admf_model::{Cell, Sheet};
use serde_json::{Map, Value};

/// A table as an array of objects, facts as an object, several sections as an object of them.
pub(super) fn document(document: &Document) -> String {
    let value = match document.sections.as_slice() {
        [only] => body(&only.body),
        sections => Value::Object(sections.iter().map(|s| (s.key.to_owned(), body(&s.body))).collect()),
    };
    format!("{value:#}\n")
}

/// The main section, one object a line.
pub(super) fn lines(document: &Document) -> String {
    let values = match body(&document.main().body) {
        Value::Array(rows) => rows,
        other => vec![other],
    };
    values.iter().map(|value| format!("{value}\n")).collect()
}

/// Rows of an array of objects that is written in parts: an object a line, after the opening bracket or a comma.
pub(super) fn part(sheet: &Sheet, is_first: bool) -> String {
    let Value::Array(values) = rows(sheet) else { return String::new() };
    let line =
        |(at, value): (usize, &Value)| format!("{}\n  {value}", if is_first && at == 0 { "" } else { "," });
    let opening = if is_first { "[" } else { "" };
    opening.to_owned() + &values.iter().enumerate().map(line).collect::<String>()
}

/// What ends an array of objects that is written in parts.
pub(super) fn end(is_empty: bool) -> &'static str {
    if is_empty { "[]\n" } else { "\n]\n" }
}

fn body(body: &Body) -> Value {
    match body {
        Body::Facts(facts) => facts.iter().map(|(name, value)| ((*name).to_owned(), scalar(value))).collect(),
        Body::Table(sheet) => rows(sheet),
        Body::Text(text) => Value::String(text.clone()),
    }
}

fn rows(sheet: &Sheet) -> Value {
    let nested: Vec<bool> = (0..sheet.columns.len()).map(|column| holds_objects(sheet, column)).collect();
    let object = |row: &Vec<Cell>| -> Value {
        let cells = sheet.columns.iter().zip(row).zip(&nested);
        let fields = cells.map(|((column, cell), nested)| {
            let parsed = if *nested { parse_object(cell) } else { None };
            (column.name.clone(), parsed.map_or_else(|| scalar(cell), Value::Object))
        });
        Value::Object(fields.collect())
    };
    Value::Array(sheet.rows.iter().map(object).collect())
}

fn scalar(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::String(text.clone()),
        Cell::Integer(n) => (*n).into(),
        Cell::Number(n) => (*n).into(),
        Cell::Truth(b) => (*b).into(),
    }
}

/// True for a column in which every defined cell is the text of a JSON object, such as `parameters`: those are nested
/// instead of quoted.
fn holds_objects(sheet: &Sheet, column: usize) -> bool {
    let mut defined =
        sheet.rows.iter().map(|row| &row[column]).filter(|cell| **cell != Cell::Null).peekable();
    defined.peek().is_some() && defined.all(|cell| parse_object(cell).is_some())
}

/// The object whose text a cell is.
pub(super) fn parse_object(cell: &Cell) -> Option<Map<String, Value>> {
    match cell {
        Cell::Text(text) if text.starts_with('{') => serde_json::from_str(text).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
