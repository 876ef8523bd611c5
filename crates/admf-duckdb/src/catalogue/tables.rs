//! The tables that come from a run's files, and the statements that load or show them.

use crate::connection::Duckdb;
use admf_model::RunId;
use admf_store::Workspace;
use admf_store::database::{Database, DatabaseError};
use admf_store::dialect;
use admf_store::record::Record;
use admf_store::tables::{self, RunRow};
use std::path::{Path, PathBuf};

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

/// Names of the tables that are loaded from files: all but `runs`, whose rows are in the metadata.
pub(super) fn from_files() -> impl Iterator<Item = &'static str> {
    tables::database().into_iter().map(|table| table.name).filter(|name| *name != RunRow::table().name)
}

/// Adds rows to table `runs`.
pub(super) fn append_runs(db: &mut Duckdb, runs: &[RunRow]) -> Result<(), DatabaseError> {
    db.append(RunRow::table().name, RunRow::to_batch(runs))
}

/// Adds all rows of a run to all tables.
pub(super) fn append_run(db: &mut Duckdb, workspace: &Workspace, run: &RunRow) -> Result<(), DatabaseError> {
    append_runs(db, std::slice::from_ref(run))?;
    for table in from_files() {
        use_files(db, table, &[file(workspace, run.run_id, table)])?;
        db.execute(&of_table(include_str!("sql/append.sql"), table), &[])?;
    }
    Ok(())
}

/// Removes all rows of a run from all tables.
pub(super) fn drop_run(db: &mut Duckdb, run_id: &str) -> Result<(), DatabaseError> {
    for table in tables::database() {
        db.execute(&of_table(include_str!("sql/drop_run.sql"), table.name), &[run_id.into()])?;
    }
    Ok(())
}

/// Replaces an empty table by a view over the files of these runs. Fails when one of them is not a Parquet file.
pub(super) fn view(
    db: &mut Duckdb,
    workspace: &Workspace,
    table: &str,
    runs: &[RunRow],
) -> Result<(), DatabaseError> {
    let files: Vec<PathBuf> = runs.iter().map(|run| file(workspace, run.run_id, table)).collect();
    use_files(db, table, &files)?;
    db.execute_script(&of_table(include_str!("sql/view.sql"), table))?;
    db.rows(&of_table(include_str!("sql/touch.sql"), table), &[]).map(drop)
}

fn file(workspace: &Workspace, run: RunId, table: &str) -> PathBuf {
    workspace.run(run).join(format!("{table}.parquet"))
}

/// Tells the statements of a table which files to read.
fn use_files(db: &mut Duckdb, table: &str, files: &[PathBuf]) -> Result<(), DatabaseError> {
    db.execute_script(include_str!("sql/files.sql"))?;
    for file in files {
        db.execute(include_str!("sql/add_file.sql"), &[literal(file).into()])?;
    }
    db.execute_script(&of_table(include_str!("sql/use_files.sql"), table))
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

/// A statement with the names of a table and the query for its rows in place.
fn of_table(statement: &str, table: &str) -> String {
    let rows = match table {
        "strategies" => include_str!("sql/rows_of_strategies.sql"),
        "classifiers" => include_str!("sql/rows_of_classifiers.sql"),
        _ => include_str!("sql/rows_of_table.sql"),
    };
    statement.replace("{rows}", rows.trim_end()).replace("{table}", table)
}
