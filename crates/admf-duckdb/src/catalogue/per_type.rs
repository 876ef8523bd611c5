//! `signals` and `labels`: views over Parquet files of which a run has one per type.
//!
//! They are made for one connection, so that a database that is open for reading only has them and nothing in
//! `analytics.duckdb` depends on where the workspace is. Looking at hundreds of files takes time that most questions
//! need not wait for: until a statement names one of the two, they are empty.

use super::LeftOut;
use super::tables::{statement, use_paths};
use crate::connection::Duckdb;
use admf_model::{Cell, RunId};
use admf_store::database::{Database, DatabaseError};
use admf_store::dialect::duckdb_shape;
use admf_store::foreign::in_order;
use admf_store::record::Record;
use admf_store::run::{self, RunMetadata};
use admf_store::tables::{self, SignalRow, Table};
use admf_store::{StoreError, Workspace, parquet_file};
use std::path::{Path, PathBuf};

/// True for a statement that may read one of the views: no name can be written without its letters.
pub(super) fn are_named(sql: &str) -> bool {
    let sql = sql.to_lowercase();
    tables::per_type().iter().any(|table| sql.contains(table.name))
}

/// Makes the views without rows, so that they are listed and described.
pub(super) fn create_empty(db: &mut Duckdb) -> Result<(), DatabaseError> {
    tables::per_type().into_iter().try_for_each(|table| view(db, table, Vec::new()))
}

/// Makes the views over the files of all runs that the other tables show. Files that cannot be read are left out.
pub(super) fn create(db: &mut Duckdb, workspace: &Workspace) -> Result<Vec<LeftOut>, DatabaseError> {
    let mut shown = Vec::new();
    for row in db.rows(include_str!("sql/shown_runs.sql"), &[])?.rows {
        let [Cell::Text(run)] = row.as_slice() else { continue };
        let Ok(run) = run.parse::<RunId>() else { continue };
        shown.push(run::load(workspace, run).map_err(|error| unreadable(&error))?);
    }
    let mut left_out = Vec::new();
    for table in tables::per_type() {
        let paths: Vec<PathBuf> = shown.iter().flat_map(|run| files(workspace, run, table)).collect();
        if view(db, table, paths.clone()).is_err() {
            // Some file is damaged; which one is worth finding out only now.
            let faults = in_order(&paths, |path| parquet_file::count_rows(path).err());
            let mut readable = Vec::new();
            for (path, fault) in paths.into_iter().zip(faults) {
                match fault {
                    Some(error) => left_out.extend(without(&path, &error)),
                    None => readable.push(path),
                }
            }
            view(db, table, readable)?;
        }
    }
    Ok(left_out)
}

/// A run of which a file is not shown.
fn without(path: &Path, error: &StoreError) -> Option<LeftOut> {
    let run_id = path.ancestors().nth(2)?.file_name()?.to_str()?.parse().ok()?;
    Some(LeftOut { run_id, reason: error.to_string() })
}

/// The files of a run.
fn files(workspace: &Workspace, run: &RunMetadata, table: &Table) -> Vec<PathBuf> {
    let is_signals = table.name == SignalRow::table().name;
    let files = if is_signals { &run.signal_files } else { &run.classifier_files };
    files.values().map(|file| workspace.run(run.run_id).join(file)).collect()
}

fn view(db: &mut Duckdb, table: &Table, paths: Vec<PathBuf>) -> Result<(), DatabaseError> {
    let shape = duckdb_shape(table);
    if paths.is_empty() {
        return db.execute_script(&statement(include_str!("sql/per_type_empty.sql"), table, &shape));
    }
    use_paths(db, table, paths.into_iter())?;
    db.execute_script(&statement(include_str!("sql/per_type.sql"), table, &shape))
}

/// A run that was removed while the database is open.
fn unreadable(error: &StoreError) -> DatabaseError {
    DatabaseError { doing: "reading the runs".to_owned(), reason: error.to_string() }
}
