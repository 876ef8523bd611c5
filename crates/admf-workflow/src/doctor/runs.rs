//! Are the runs of a workspace whole, and does the database show them?

use super::Checks;
use crate::words::counted;
use admf_duckdb::{Backing, Catalogue};
use admf_model::RunId;
use admf_store::run::{self, Damage, FileFault, RunEntry, RunMetadata, RunState, Scrutiny};
use admf_store::{StoreError, Workspace};

/// Faults of one run that are told; the others are counted.
const TOLD: usize = 5;

/// Looks at every file that every run names.
pub(super) fn check_runs(checks: &mut Checks, workspace: &Workspace, full: bool) {
    let folder = workspace.runs();
    if !folder.is_dir() {
        let name = folder.display();
        if folder.is_symlink() {
            checks.fail("runs", format!("{name} is a link that leads to no folder"));
        } else {
            checks.warn("runs", format!("there is no folder {name}: the next run makes it"));
        }
        return;
    }
    let listing = match run::list(workspace) {
        Ok(listing) => listing,
        Err(error) => return checks.fail("runs", error),
    };
    let scrutiny = if full { Scrutiny::Contents } else { Scrutiny::Footers };
    let (mut complete, mut whole, mut running) = (0, 0, 0);
    for entry in &listing.runs {
        match &entry.state {
            RunState::Running => running += 1,
            RunState::Incomplete => check_incomplete(checks, workspace, entry, scrutiny),
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
        checks.fail("runs", damaged(workspace, damage));
    }
    let extent = if full { "every byte read" } else { "files and footers looked at" };
    let complete = if whole == complete { complete.to_string() } else { format!("{whole} of {complete}") };
    checks.ok("runs", format!("{complete} complete and whole, {running} running; {extent}"));
}

/// Can the run go on, and is what it stored whole?
fn check_incomplete(checks: &mut Checks, workspace: &Workspace, entry: &RunEntry, scrutiny: Scrutiny) {
    let (id, name) = (short(entry.run_id), &entry.name);
    let faults = match run::verify_unfinished(workspace, entry.run_id, scrutiny) {
        Ok(faults) => faults,
        Err(error) => return checks.fail("runs", error.with_causes()),
    };
    let stored = usize::try_from(entry.strategies).unwrap_or(usize::MAX);
    let stopped = format!("{id} ({name}) stopped after {}", counted(stored, "strategy", "strategies"));
    let removes = format!("`admf runs rm {id}` removes it");
    if faults.is_empty() {
        let goes_on = format!("`admf run --resume {id}` goes on");
        return checks.warn("runs", format!("{stopped}: {goes_on}, {removes}"));
    }
    let told: Vec<String> = faults.iter().take(TOLD).map(ToString::to_string).collect();
    // Without its spec nothing of a run can be evaluated.
    let remedy = if faults.iter().any(|fault| fault.file == "spec.yaml") {
        format!("restore spec.yaml from a copy, or {removes}")
    } else {
        format!("`admf run --resume {id}` evaluates again what was stored from there on, {removes}")
    };
    checks.fail("runs", format!("{stopped}: {}; {remedy}", told.join("; ")));
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

/// Why a run cannot be read, and what to do.
pub(crate) fn damaged(workspace: &Workspace, damage: &Damage) -> String {
    let id = short(damage.run_id);
    let error = damage.error.with_causes();
    match damage.error {
        // It says itself what to do.
        StoreError::NewerRun { .. } | StoreError::OlderRun { .. } => error,
        _ => {
            let rest = "restore the file from a copy, or";
            let spec = format!("runs/{}/spec.yaml", damage.run_id);
            if workspace.root().join(&spec).is_file() {
                format!(
                    "{error}; {rest} `admf runs rm {id}` removes the run: copy {spec} before, to run it again"
                )
            } else {
                format!("{error}; {rest} `admf runs rm {id}` removes the run")
            }
        }
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

pub(super) fn short(run: RunId) -> String {
    run.to_string()[..8].to_owned()
}
