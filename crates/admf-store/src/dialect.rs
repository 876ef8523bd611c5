//! Tables as DuckDB statements: `schema/duckdb.sql`.
//!
//! Neither keys nor indexes: the tables are derived, loaded a run at a time and read by column, and DuckDB's keys make
//! loading many times slower.

use crate::record::Record;
use crate::tables::{self, Column, ColumnType, StrategyRow, Table, optimization_runs};
use admf_model::ContentHash;
use std::fmt::Write;

/// The type of a column in DuckDB.
pub const fn duckdb_type(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "VARCHAR",
        ColumnType::TextList => "VARCHAR[]",
        ColumnType::Json => "JSON",
        ColumnType::Tiny => "TINYINT",
        ColumnType::Integer => "BIGINT",
        ColumnType::Unsigned => "UBIGINT",
        ColumnType::Number => "DOUBLE",
        ColumnType::Truth => "BOOLEAN",
        ColumnType::Timestamp => "TIMESTAMP",
        ColumnType::Date => "DATE",
    }
}

/// All statements that make an empty database: tables, then views.
pub fn duckdb_schema() -> String {
    let mut sql =
        "-- Generated from crates/admf-store/src/tables: change it there, then run `cargo xtask codegen`.\n"
            .to_owned();
    for table in tables::database() {
        sql.push('\n');
        sql.push_str(&create_table(table));
    }
    sql.push('\n');
    sql.push_str(optimization_runs::sql());
    sql
}

/// Changes whenever the schema does: a derived database of another version is rebuilt.
pub fn schema_version() -> ContentHash {
    ContentHash::of(&[duckdb_schema().as_bytes()])
}

/// No rows with the columns of a table, for the statements of views that may have nothing to view.
pub fn duckdb_shape(table: &Table) -> String {
    let null = |column: &Column| format!("CAST(NULL AS {}) AS {}", duckdb_type(column.kind), column.name);
    let nulls: Vec<String> = table.database_columns().map(null).collect();
    format!("(SELECT {})", nulls.join(", "))
}

/// How the texts of a million strategies are packed. Left to itself, DuckDB tries all ways on each and takes these.
fn compression(table: &Table, column: &Column) -> &'static str {
    if table.name != StrategyRow::table().name || !matches!(column.kind, ColumnType::Text | ColumnType::Json)
    {
        return "";
    }
    if table.is_distinct(column) { " USING COMPRESSION fsst" } else { " USING COMPRESSION dictionary" }
}

fn create_table(table: &Table) -> String {
    let mut sql = format!("-- {}\nCREATE TABLE {} (\n", table.doc, table.name);
    let columns: Vec<&Column> = table.database_columns().collect();
    for (at, column) in columns.iter().enumerate() {
        let constraint = if column.nullable { "" } else { " NOT NULL" };
        let comma = if at + 1 < columns.len() { "," } else { "" };
        let (kind, packed) = (duckdb_type(column.kind), compression(table, column));
        writeln!(sql, "    -- {}\n    {} {kind}{constraint}{packed}{comma}", column.doc, column.name)
            .expect("writing to a String never fails");
    }
    sql.push_str(");\n");
    sql
}

#[cfg(test)]
mod tests;
