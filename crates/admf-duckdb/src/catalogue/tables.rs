//! The tables that come from a run's files, and the statements that load or show them.

use crate::connection::Duckdb;
use admf_model::RunId;
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError};
use admf_store::dialect;
use admf_store::record::Record;
use admf_store::tables::{self, RunRow, Table};
use std::path::{Path, PathBuf};

/// So many strategies, or strategies of so many runs, are added in whatever order they are read.
const MANY: i64 = 250_000;
/// As above.
const MANY_RUNS: usize = 32;

/// Makes the empty tables and views, and notes their version.
pub(super) fn create(db: &mut Duckdb) -> Result<(), DatabaseError> {
    db.execute_script(&dialect::duckdb_schema())?;
    db.execute_script(include_str!("sql/version.sql"))?;
    db.execute(include_str!("sql/record_version.sql"), &[version().into()]).map(drop)
}

/// The version that [`create`] notes.
pub(super) fn version() -> String {
    dialect::schema_version().to_string()
}

/// The tables that are loaded from files: all but `runs`, whose rows are in the metadata.
pub(super) fn from_files() -> impl Iterator<Item = &'static Table> {
    tables::database().into_iter().filter(|table| table.name != RunRow::table().name)
}

/// Adds rows to table `runs`.
pub(super) fn append_runs(db: &mut Duckdb, runs: &[RunRow]) -> Result<(), DatabaseError> {
    db.append(RunRow::table().name, RunRow::to_batch(runs))
}

/// Adds all rows of runs to all tables.
pub(super) fn append_all(
    db: &mut Duckdb,
    workspace: &Workspace,
    runs: &[RunRow],
) -> Result<(), DatabaseError> {
    append_runs(db, runs)?;
    if runs.len() >= MANY_RUNS || runs.iter().map(|run| run.strategies).sum::<i64>() >= MANY {
        // Threads then need not wait for each other and copy rows once less. This connection reads nothing afterwards.
        db.execute_script(include_str!("sql/any_order.sql"))?;
    }
    let ids: Vec<RunId> = runs.iter().map(|run| run.run_id).collect();
    for table in from_files() {
        use_files(db, table, workspace, &ids)?;
        db.execute(&statement(include_str!("sql/append.sql"), table, table.name), &[])?;
    }
    let ids: Vec<String> = ids.iter().map(RunId::to_string).collect();
    touch(db, &ids.join(","))?;
    compare_touched(db)
}

/// Removes all rows of runs from all tables.
pub(super) fn drop_runs(db: &mut Duckdb, runs: &[&str]) -> Result<(), DatabaseError> {
    touch(db, &runs.join(","))?;
    for table in tables::database() {
        let sql = statement(include_str!("sql/drop_run.sql"), table, table.name);
        runs.iter().try_for_each(|run| db.execute(&sql, &[(*run).into()]).map(drop))?;
    }
    compare_touched(db)
}

/// Notes the strategies of runs, whose results have to be compared again.
fn touch(db: &mut Duckdb, runs: &str) -> Result<(), DatabaseError> {
    db.execute_script(include_str!("sql/touched.sql"))?;
    db.execute(include_str!("sql/touch_runs.sql"), &[runs.into()]).map(drop)
}

/// Compares the results of the strategies noted.
fn compare_touched(db: &mut Duckdb) -> Result<(), DatabaseError> {
    db.execute_script(include_str!("sql/compare_touched.sql"))
}

/// Replaces an empty table by a view over the files of these runs. Fails when one of them is not a Parquet file.
pub(super) fn view(
    db: &mut Duckdb,
    table: &Table,
    workspace: &Workspace,
    runs: &[RunId],
) -> Result<(), DatabaseError> {
    use_files(db, table, workspace, runs)?;
    let shape = format!("shape.{}", table.name);
    let compared = include_str!("sql/files_of_strategies_compared.sql");
    let files = if table.name == "strategies" { compared } else { files_of(table) };
    db.execute_script(&statement_over(include_str!("sql/view.sql"), table, &shape, files))?;
    db.rows(&statement(include_str!("sql/touch.sql"), table, &shape), &[]).map(drop)
}

/// Tells the statements of a table which files to read.
fn use_files(
    db: &mut Duckdb,
    table: &Table,
    workspace: &Workspace,
    runs: &[RunId],
) -> Result<(), DatabaseError> {
    let file = format!("{}.parquet", table.name);
    use_paths(db, table, runs.iter().map(|run| workspace.run(*run).join(&file)))
}

/// The same with any paths.
pub(super) fn use_paths(
    db: &mut Duckdb,
    table: &Table,
    paths: impl Iterator<Item = PathBuf>,
) -> Result<(), DatabaseError> {
    db.execute_script(include_str!("sql/paths.sql"))?;
    let paths: Vec<String> = paths.map(|path| literal(&path)).collect();
    db.execute(include_str!("sql/add_paths.sql"), &[paths.join("\0").into()])?;
    db.execute_script(&statement(include_str!("sql/use_paths.sql"), table, table.name))
}

/// A path as DuckDB reads it: what could be a pattern stands for itself.
fn literal(path: &Path) -> String {
    let mut text = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '*' | '?' | '[' => text.extend(['[', c, ']']),
            _ => text.push(c),
        }
    }
    text
}

/// A statement with names from the table's definition in place; `shape` is a table or question with its columns.
pub(super) fn statement(text: &str, table: &Table, shape: &str) -> String {
    statement_over(text, table, shape, files_of(table))
}

/// What reads the rows of a table from its files.
fn files_of(table: &Table) -> &'static str {
    match table.name {
        "strategies" => include_str!("sql/files_of_strategies.sql"),
        "classifiers" => include_str!("sql/files_of_classifiers.sql"),
        "signals" | "labels" => include_str!("sql/files_of_types.sql"),
        _ => include_str!("sql/files_of_table.sql"),
    }
}

fn statement_over(text: &str, table: &Table, shape: &str, files: &str) -> String {
    let columns: Vec<&str> = table.database_columns().map(|column| column.name).collect();
    text.replace("{rows}", include_str!("sql/rows.sql").trim_end())
        .replace("{files}", files.trim_end())
        .replace("{columns}", &columns.join(",\n    "))
        .replace("{shape}", shape)
        .replace("{table}", table.name)
}
