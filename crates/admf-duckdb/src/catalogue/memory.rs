//! The same tables without `analytics.duckdb`: views over the Parquet files.

use super::{LeftOut, scratch, tables};
use crate::connection::Duckdb;
use admf_model::RunId;
use admf_store::Workspace;
use admf_store::database::DatabaseError;
use admf_store::tables::RunRow;

/// Opens a database in memory over the files of these runs; those that cannot be read are left out.
pub(super) fn open(workspace: &Workspace, runs: &[RunRow]) -> Result<(Duckdb, Vec<LeftOut>), DatabaseError> {
    if let Ok(database) = over(workspace, runs) {
        return Ok((database, Vec::new()));
    }
    // Some file is damaged; which one is worth finding out only now.
    let mut readable = Vec::new();
    let mut left_out = Vec::new();
    for run in runs {
        match check(workspace, run) {
            Ok(()) => readable.push(run.clone()),
            Err(error) => left_out.push(LeftOut { run_id: run.run_id, reason: error.reason }),
        }
    }
    Ok((over(workspace, &readable)?, left_out))
}

/// Reads every row of a run, into a database that is thrown away.
pub(super) fn check(workspace: &Workspace, run: &RunRow) -> Result<(), DatabaseError> {
    let mut database = Duckdb::in_memory(&scratch(workspace))?;
    tables::create(&mut database)?;
    tables::append_run(&mut database, workspace, run)
}

fn over(workspace: &Workspace, runs: &[RunRow]) -> Result<Duckdb, DatabaseError> {
    let mut database = Duckdb::in_memory(&scratch(workspace))?;
    tables::create(&mut database)?;
    tables::append_runs(&mut database, runs)?;
    // Without a file there is nothing to view, and the empty tables are right.
    if !runs.is_empty() {
        let runs: Vec<RunId> = runs.iter().map(|run| run.run_id).collect();
        for table in tables::from_files() {
            tables::view(&mut database, table, workspace, &runs)?;
        }
    }
    Ok(database)
}
