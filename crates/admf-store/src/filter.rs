//! Conditions on rows as SQL: the one place where SQL is put together, from checked names and quoted values only.

use crate::record::Date;
use crate::tables::{Column, ColumnType};
use admf_model::{Comparison, Filter, FilterValue, Timestamp};

/// Why a condition cannot be asked.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FilterError {
    /// No column or parameter has this name.
    #[error("there is no column or parameter `{name}`{}; {known}", did_you_mean(.near))]
    UnknownName {
        /// The name.
        name: String,
        /// The nearest known one.
        near: Option<String>,
        /// What there is.
        known: String,
    },
    /// A column compared with the wrong kind of value.
    #[error("`{column}` is compared with {holds}, such as `{example}`")]
    Mismatch {
        /// The column.
        column: &'static str,
        /// What it can be compared with.
        holds: &'static str,
        /// A comparison that works.
        example: String,
    },
    /// A column that holds several values.
    #[error("`{column}` holds several values: name one of them, such as a parameter in `fast < 20`")]
    Structured {
        /// The column.
        column: &'static str,
    },
    /// A number that SQL has no word for.
    #[error("`{name}` is compared with {value}, which is not a finite number")]
    NotFinite {
        /// The column or parameter.
        name: String,
        /// The value.
        value: String,
    },
}

fn did_you_mean(near: &Option<String>) -> String {
    near.as_ref().map_or_else(String::new, |near| format!(", did you mean `{near}`"))
}

/// The condition as a SQL expression over these columns, in which `parameters` is JSON. Undefined values fulfil no
/// comparison, as in rules. Fails for a column or parameter that is not there.
pub fn render(filter: &Filter, columns: &[Column], parameters: &[String]) -> Result<String, FilterError> {
    let inner = |filter: &Filter| render(filter, columns, parameters);
    match filter {
        Filter::Column { name, comparison, value } => {
            let column = columns.iter().find(|column| column.name == name);
            compare(column.ok_or_else(|| unknown(name, columns, parameters))?, *comparison, value)
        }
        Filter::Parameter { name, comparison, value } => {
            if !parameters.contains(name) {
                return Err(unknown(name, columns, parameters));
            }
            let (operator, value) = (operator(*comparison), number(name, *value)?);
            Ok(format!("CAST((parameters ->> {}) AS DOUBLE PRECISION) {operator} {value}", quoted(name)))
        }
        Filter::And(left, right) => Ok(format!("({} AND {})", inner(left)?, inner(right)?)),
        Filter::Or(left, right) => Ok(format!("({} OR {})", inner(left)?, inner(right)?)),
        Filter::Not(negated) => Ok(format!("(NOT {})", inner(negated)?)),
    }
}

/// The known name that a mistyped one was probably meant to be: one wrong letter in three is forgiven.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, _)| *distance <= name.chars().count().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

fn unknown(name: &str, columns: &[Column], parameters: &[String]) -> FilterError {
    let columns: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let near = nearest(name, columns.iter().chain(&parameters).copied()).map(str::to_owned);
    let mut known = format!("columns are {}", columns.join(", "));
    if !parameters.is_empty() {
        known.push_str(&format!("; parameters are {}", parameters.join(", ")));
    }
    FilterError::UnknownName { name: name.to_owned(), near, known }
}

fn compare(column: &Column, comparison: Comparison, value: &FilterValue) -> Result<String, FilterError> {
    let value = literal(column, comparison, value)?;
    Ok(format!("{} {} {value}", column.name, operator(comparison)))
}

/// The other side of a comparison, if the column can be compared with it that way.
fn literal(column: &Column, comparison: Comparison, value: &FilterValue) -> Result<String, FilterError> {
    let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    match (column.kind, value) {
        (kind, FilterValue::Number(value)) if kind.is_numeric() => number(column.name, *value),
        (ColumnType::Text, FilterValue::Text(text)) if equality => Ok(quoted(text)),
        (ColumnType::Truth, FilterValue::Text(text))
            if equality && matches!(text.as_str(), "true" | "false") =>
        {
            Ok(text.clone())
        }
        (ColumnType::Date, FilterValue::Text(text)) if text.parse::<Date>().is_ok() => {
            Ok(format!("CAST({} AS DATE)", quoted(text)))
        }
        (ColumnType::Timestamp, FilterValue::Text(text)) if text.parse::<Timestamp>().is_ok() => {
            Ok(format!("CAST({} AS TIMESTAMP)", quoted(text)))
        }
        _ => Err(mismatch(column)),
    }
}

/// What a column can be compared with.
fn mismatch(column: &Column) -> FilterError {
    let (holds, example) = match column.kind {
        ColumnType::Tiny | ColumnType::Integer | ColumnType::Unsigned | ColumnType::Number => {
            ("a number", "> 1")
        }
        ColumnType::Text => ("text, by == or !=", "== \"UP\""),
        ColumnType::Truth => ("\"true\" or \"false\", by == or !=", "== \"true\""),
        ColumnType::Date => ("a day", ">= \"2024-01-31\""),
        ColumnType::Timestamp => ("a time", ">= \"2024-01-31T09:30:00Z\""),
        ColumnType::Json | ColumnType::TextList => return FilterError::Structured { column: column.name },
    };
    FilterError::Mismatch { column: column.name, holds, example: format!("{} {example}", column.name) }
}

const fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
    }
}

/// With an exponent, so that SQL reads a double and not a decimal.
fn number(name: &str, value: f64) -> Result<String, FilterError> {
    if value.is_finite() {
        Ok(format!("{value:e}"))
    } else {
        Err(FilterError::NotFinite { name: name.to_owned(), value: value.to_string() })
    }
}

/// A text literal. A NUL ends the text of a statement, so it is left out: no stored text has one.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

#[cfg(test)]
mod tests;
