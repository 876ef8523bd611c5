//! `admf runs ls`: the runs of a workspace in all states.

use crate::WorkflowError;
use crate::doctor::runs::damaged;
use admf_model::{Cell, CellKind, Sheet};
use admf_store::Workspace;
use admf_store::run::{self, RunEntry, RunState};

/// Where to look.
#[derive(Clone, Debug)]
pub struct RunsListRequest {
    /// The workspace.
    pub workspace: Workspace,
}

/// What is there.
#[derive(Clone, Debug)]
pub struct RunsListReport {
    /// A row per run, the newest first.
    pub runs: Sheet,
    /// Runs that did not finish and that nobody writes.
    pub incomplete: usize,
    /// Why others cannot be listed, and what to do.
    pub damaged: Vec<String>,
}

/// Lists runs; one that is damaged does not hide the others.
pub fn runs_list(request: &RunsListRequest) -> Result<RunsListReport, WorkflowError> {
    let listed = |entry: RunEntry| (entry.state == RunState::Incomplete, row(&entry));
    let listing = run::list_as(&request.workspace, listed)?;
    let mut runs = Sheet::new([
        ("run_id", CellKind::Text),
        ("name", CellKind::Text),
        ("state", CellKind::Text),
        ("created_at", CellKind::Text),
        ("strategies", CellKind::Integer),
        ("best_sharpe", CellKind::Number),
        ("dataset", CellKind::Text),
        ("symbols", CellKind::Text),
        ("trials", CellKind::Integer),
        ("elapsed_seconds", CellKind::Number),
    ]);
    let mut incomplete = 0;
    for (is_incomplete, row) in listing.runs {
        incomplete += usize::from(is_incomplete);
        runs.push(row);
    }
    Ok(RunsListReport {
        runs,
        incomplete,
        damaged: listing.damaged.iter().map(|run| damaged(&request.workspace, run)).collect(),
    })
}

fn row(entry: &RunEntry) -> Vec<Cell> {
    let count = |n: u64| Cell::from(usize::try_from(n).unwrap_or(usize::MAX));
    let mut cells = vec![
        entry.run_id.to_string().into(),
        entry.name.as_str().into(),
        entry.state.name().into(),
        entry.created_at.to_string().into(),
        count(entry.strategies),
    ];
    cells.extend(match &entry.state {
        RunState::Complete(metadata) => [
            metadata.best_sharpe.into(),
            metadata.facts.dataset.as_str().into(),
            metadata.facts.symbols.join(" ").into(),
            count(metadata.trials),
            (metadata.wall_clock.elapsed_ms as f64 / 1000.0).into(),
        ],
        RunState::Running | RunState::Incomplete => [const { Cell::Null }; 5],
    });
    cells
}
