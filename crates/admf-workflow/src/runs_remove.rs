//! `admf runs rm`: remove a run's files; its trials stay counted.

use crate::WorkflowError;
use admf_model::RunId;
use admf_store::Workspace;
use admf_store::run::{self, RunEntry, RunState};

/// Which run.
#[derive(Clone, Debug)]
pub struct RunsRemoveRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of its id, or `@last`.
    pub run: String,
}

/// A run that is or was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunsRemoveReport {
    /// The run.
    pub run_id: RunId,
    /// The name that its spec gives itself; empty for a run that cannot be read.
    pub name: String,
    /// `complete`, `incomplete` or `damaged`.
    pub state: &'static str,
    /// Strategies stored in it.
    pub strategies: u64,
}

/// The run that a request means, to ask before it is gone.
pub fn find(request: &RunsRemoveRequest) -> Result<RunsRemoveReport, WorkflowError> {
    let run_id = run::resolve_to_remove(&request.workspace, &request.run)?;
    let listing = run::list(&request.workspace)?;
    if listing.damaged.iter().any(|damage| damage.run_id == run_id) {
        return Ok(RunsRemoveReport { run_id, name: String::new(), state: "damaged", strategies: 0 });
    }
    let entry = listing.runs.into_iter().find(|entry| entry.run_id == run_id);
    entry.map(report).ok_or_else(|| WorkflowError::Usage {
        message: format!("run {run_id} was removed by another process"),
        help: None,
    })
}

/// The incomplete runs, the newest first.
pub fn incomplete(workspace: &Workspace) -> Result<Vec<RunsRemoveReport>, WorkflowError> {
    let listing = run::list(workspace)?;
    let incomplete = listing.runs.into_iter().filter(|entry| entry.state == RunState::Incomplete);
    Ok(incomplete.map(report).collect())
}

fn report(entry: RunEntry) -> RunsRemoveReport {
    let RunEntry { run_id, name, strategies, state, .. } = entry;
    RunsRemoveReport { run_id, name, state: state.name(), strategies }
}

/// Removes the run. One that is running is refused.
pub fn runs_remove(request: &RunsRemoveRequest) -> Result<RunsRemoveReport, WorkflowError> {
    let report = find(request)?;
    run::remove(&request.workspace, report.run_id)?;
    Ok(report)
}
