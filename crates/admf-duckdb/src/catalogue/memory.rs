//! The same tables without `analytics.duckdb`: views over the Parquet files.

use super::{LeftOut, damage, scratch, tables};
use crate::connection::Duckdb;
use admf_model::RunId;
use admf_store::Workspace;
use admf_store::database::DatabaseError;
use admf_store::run::RunMetadata;
use admf_store::tables::RunRow;

/// Opens a database in memory over the files of these runs; those that cannot be read are left out.
pub(super) fn open(
    workspace: &Workspace,
    runs: &[RunMetadata],
) -> Result<(Duckdb, Vec<LeftOut>), DatabaseError> {
    if let Ok(database) = over(workspace, runs) {
        return Ok((database, Vec::new()));
    }
    // Some file is damaged; which one is worth finding out only now.
    let mut readable = Vec::new();
    let mut left_out = Vec::new();
    for run in runs {
        let fault = || check(workspace, &run.to_row()).err().map(|error| error.brief().to_owned());
        let damage =
            damage(workspace, run).or_else(|| Some(LeftOut { run_id: run.run_id, reason: fault()? }));
        match damage {
            Some(damage) => left_out.push(damage),
            None => readable.push(run.clone()),
        }
    }
    Ok((over(workspace, &readable)?, left_out))
}

/// Reads every row of a run, into a database that is thrown away.
pub(super) fn check(workspace: &Workspace, run: &RunRow) -> Result<(), DatabaseError> {
    let mut database = Duckdb::in_memory(&scratch(workspace))?;
    tables::create(&mut database)?;
    tables::append_all(&mut database, workspace, std::slice::from_ref(run))
}

fn over(workspace: &Workspace, runs: &[RunMetadata]) -> Result<Duckdb, DatabaseError> {
    let mut database = Duckdb::in_memory(&scratch(workspace))?;
    tables::create(&mut database)?;
    let rows: Vec<RunRow> = runs.iter().map(RunMetadata::to_row).collect();
    tables::append_runs(&mut database, &rows)?;
    // Without a file there is nothing to view, and the empty tables are right.
    if !runs.is_empty() {
        let runs: Vec<RunId> = runs.iter().map(|run| run.run_id).collect();
        for table in tables::from_files() {
            tables::view(&mut database, table, workspace, &runs)?;
        }
    }
    Ok(database)
}
