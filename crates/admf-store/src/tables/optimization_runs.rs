//! `optimization_runs`: the view that joins strategies with their runs. Its statement is `optimization_runs.sql`; its
//! columns are read from there and take type and meaning from the tables.

use super::{Column, ColumnType, RunRow, StrategyRow};
use crate::record::Record;
use admf_model::METRICS;
use std::sync::LazyLock;

/// Name of the view.
pub const NAME: &str = "optimization_runs";
/// What a row is.
pub const DOC: &str = "View: one row per strategy of a run, joined with its run.";

/// Constants that are computed once: the statement with all metrics in place, and its columns.
static SQL: LazyLock<String> = LazyLock::new(|| {
    let metrics: Vec<String> = METRICS.iter().map(|metric| format!("s.{}", metric.name)).collect();
    include_str!("optimization_runs.sql").replace("{metrics}", &metrics.join(",\n    "))
});
/// As above.
static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let list =
        SQL.lines().skip_while(|line| *line != "SELECT").skip(1).take_while(|line| !line.starts_with("FROM"));
    list.map(str::trim).filter(|line| !line.starts_with("--")).map(column).collect()
});

/// The statement that creates the view.
pub fn sql() -> &'static str {
    &SQL
}

/// The columns of the view, in order.
pub fn columns() -> &'static [Column] {
    &COLUMNS
}

/// A line of the select list: `s.name`, `r.name AS other`, or `CAST(NULL AS TYPE) AS name -- meaning`.
fn column(line: &'static str) -> Column {
    let (expression, comment) = line.split_once("--").unwrap_or((line, ""));
    let expression = expression.trim().trim_end_matches(',');
    if let Some((null, name)) = expression.split_once(") AS ") {
        let kind = if null.ends_with("BIGINT") { ColumnType::Integer } else { ColumnType::Text };
        return Column::new(name, kind, &[comment], true);
    }
    let (source, name) = match expression.split_once(" AS ") {
        Some((source, name)) => (source, Some(name)),
        None => (expression, None),
    };
    let (table, field) = match source.split_once('.') {
        Some(("s", field)) => (StrategyRow::table(), field),
        Some(("r", field)) => (RunRow::table(), field),
        _ => panic!("`{line}` in optimization_runs.sql is not a column of strategies (s) or runs (r)"),
    };
    let found = table.column(field).unwrap_or_else(|| panic!("table {} has no column {field}", table.name));
    Column { name: name.unwrap_or(found.name), ..found.clone() }
}

#[cfg(test)]
mod tests;
