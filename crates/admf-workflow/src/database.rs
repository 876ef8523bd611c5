//! Opening the tables of the finished runs, with what the user should know about the answers.

use crate::WorkflowError;
use admf_duckdb::{Backing, Catalogue};
use admf_store::Workspace;

/// The tables, and notes on runs they lack and on why they are slow.
pub(crate) fn open(workspace: &Workspace) -> Result<(Catalogue, Vec<String>), WorkflowError> {
    let catalogue = Catalogue::open(workspace)?;
    let notes = notes(&catalogue);
    Ok((catalogue, notes))
}

/// What the user should know about answers; more may be known after a question than before.
pub(crate) fn notes(catalogue: &Catalogue) -> Vec<String> {
    let mut notes = Vec::new();
    if let Backing::Memory { reason } = catalogue.backing() {
        notes.push(format!("answered from Parquet files, more slowly: {reason}"));
    }
    for run in catalogue.left_out() {
        let id = &run.run_id.to_string()[..8];
        notes.push(format!("run {id} is not included: {}; `admf doctor` says what to do", run.reason));
    }
    notes
}
