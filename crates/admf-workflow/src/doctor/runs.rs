//! Are the runs of a workspace whole, and does the database show them?

use super::Checks;
use crate::words::counted;
use admf_duckdb::{Backing, Catalogue};
use admf_model::RunId;
use admf_store::run::{self, Damage, FileFault, RunMetadata, RunState, Scrutiny};
use admf_store::{StoreError, Workspace};

/// Faults of one run that are told; the others are counted.
const TOLD: usize = 5;

/// Looks at every file that every run names.
pub(super) fn check_runs(checks: &mut Checks, workspace: &Workspace, full: bool) {
    let listing = match run::list(workspace) {
        Ok(listing) => listing,
        Err(error) => return checks.fail("runs", error),
    };
    let scrutiny = if full { Scrutiny::Contents } else { Scrutiny::Footers };
    let (mut complete, mut whole, mut running) = (0, 0, 0);
    for entry in &listing.runs {
        let id = short(entry.run_id);
        match &entry.state {
            RunState::Running => running += 1,
            RunState::Incomplete => {
                let (name, n) = (&entry.name, usize::try_from(entry.strategies).unwrap_or(usize::MAX));
                let stored = counted(n, "strategy", "strategies");
                let remedy = format!("`admf run --resume {id}` goes on, `admf runs rm {id}` removes it");
                checks.warn("runs", format!("{id} ({name}) stopped after {stored}: {remedy}"));
            }
            RunState::Complete(metadata) => {
                complete += 1;
                let faults = run::verify(workspace, metadata, scrutiny);
                if faults.is_empty() {
                    whole += 1;
                } else {
                    checks.fail("runs", finding(workspace, metadata, &faults));
                }
            }
        }
    }
    for damage in &listing.damaged {
        checks.fail("runs", damaged(damage));
    }
    let extent = if full { "every byte read" } else { "files and footers looked at" };
    let complete = if whole == complete { complete.to_string() } else { format!("{whole} of {complete}") };
    checks.ok("runs", format!("{complete} complete and whole, {running} running; {extent}"));
}

/// What is wrong with the files of a run, and what to do.
fn finding(workspace: &Workspace, run: &RunMetadata, faults: &[FileFault]) -> String {
    let mut told: Vec<String> = faults.iter().take(TOLD).map(ToString::to_string).collect();
    if faults.len() > TOLD {
        told.push(format!("and {} more", counted(faults.len() - TOLD, "fault", "faults")));
    }
    let id = short(run.run_id);
    let again = if run.facts.is_adopted() {
        format!("`admf runs rm {id}` and `admf workspace import` its source again")
    } else if run::spec(workspace, run.run_id).is_err() {
        format!("`admf runs rm {id}` and run your spec again")
    } else {
        format!("copy runs/{}/spec.yaml, `admf runs rm {id}`, and run the copy", run.run_id)
    };
    format!("{id} ({}): {}; restore it from a copy, or {again}", run.facts.name, told.join("; "))
}

fn damaged(damage: &Damage) -> String {
    let id = short(damage.run_id);
    let error = with_causes(&damage.error);
    match damage.error {
        // It says itself what to do.
        StoreError::NewerRun { .. } => error,
        _ => format!("{error}; restore the file from a copy, or `admf runs rm {id}` removes the run"),
    }
}

/// Does the database answer, and with all runs?
pub(super) fn check_catalogue(checks: &mut Checks, workspace: &Workspace, full: bool) {
    let mut catalogue = match Catalogue::open(workspace) {
        Ok(catalogue) => catalogue,
        Err(error) => return checks.fail("database", error),
    };
    let left_out = counted(catalogue.left_out().len(), "damaged run", "damaged runs");
    match catalogue.backing() {
        Backing::File if catalogue.left_out().is_empty() => {
            checks.ok("database", "analytics.duckdb shows all complete runs");
        }
        Backing::File => {
            checks.warn("database", format!("analytics.duckdb shows all complete runs but {left_out}"));
        }
        Backing::Memory { reason } => {
            let remedy = "it is brought up to date as soon as it can be written";
            checks.warn(
                "database",
                format!("questions are answered from Parquet files, more slowly: {reason}; {remedy}"),
            );
        }
    }
    if full && let Err(error) = catalogue.read_all() {
        checks.fail("database", error.brief());
    }
}

fn with_causes(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn short(run: RunId) -> String {
    run.to_string()[..8].to_owned()
}
