//! From what a person types to a run: a prefix of its id, or `@last`.

use super::list::{self, Listing, RunEntry, RunState};
use super::metadata::RunMetadata;
use crate::error::{Result, StoreError};
use crate::workspace::Workspace;
use admf_model::RunId;

/// The reference to the complete run that began last.
const LAST: &str = "@last";
/// How many runs an error names.
const NAMED: usize = 10;

/// Finds the run that a reference means: `@last`, an id, or the beginning of one.
pub fn resolve(workspace: &Workspace, reference: &str) -> Result<RunId> {
    find(list::list(workspace)?, reference).map(|entry| entry.run_id)
}

/// The same for a run that must be complete.
pub fn resolve_complete(workspace: &Workspace, reference: &str) -> Result<RunMetadata> {
    let entry = find(list::list(workspace)?, reference)?;
    match entry.state {
        RunState::Complete(metadata) => Ok(*metadata),
        RunState::Running => Err(list::running(entry.run_id)),
        RunState::Incomplete => {
            let run_id = entry.run_id.to_string();
            let id = &run_id[..8];
            Err(StoreError::NotComplete {
                remedy: format!("go on with `admf run --resume {id}`, or remove it with `admf runs rm {id}`"),
                state: "incomplete",
                run_id,
            })
        }
    }
}

/// The same for a run that must be incomplete; here `@last` means the incomplete run that began last.
pub fn resolve_incomplete(workspace: &Workspace, reference: &str) -> Result<RunId> {
    let listing = list::list(workspace)?;
    let entry = if reference == LAST {
        // Runs are listed newest first.
        let newest = listing.runs.into_iter().find(|entry| entry.state == RunState::Incomplete);
        newest.ok_or(StoreError::NothingToResume)?
    } else {
        find(listing, reference)?
    };
    match entry.state {
        RunState::Incomplete => Ok(entry.run_id),
        RunState::Running => Err(list::running(entry.run_id)),
        RunState::Complete(_) => Err(StoreError::AlreadyComplete { run_id: entry.run_id.to_string() }),
    }
}

/// Finds a run to remove, which may be one that cannot be read.
pub fn resolve_to_remove(workspace: &Workspace, reference: &str) -> Result<RunId> {
    let listing = list::list(workspace)?;
    match damaged(&listing, reference).as_slice() {
        [only] => Ok(listing.damaged[*only].run_id),
        _ => find(listing, reference).map(|entry| entry.run_id),
    }
}

fn find(mut listing: Listing, reference: &str) -> Result<RunEntry> {
    if let [only] = damaged(&listing, reference)[..] {
        return Err(listing.damaged.swap_remove(only).error);
    }
    let fits = |entry: &RunEntry| match reference {
        LAST => matches!(entry.state, RunState::Complete(_)),
        prefix => begins(entry.run_id, prefix),
    };
    let unknown = |runs: &[RunEntry]| StoreError::UnknownRun {
        reference: reference.to_owned(),
        // `@last` means a finished run: where there is none, the others are no help.
        known: runs
            .iter()
            .filter(|_| reference != LAST)
            .take(NAMED)
            .map(|run| run.run_id.to_string())
            .collect(),
    };
    let candidates: Vec<&RunEntry> = listing.runs.iter().filter(|entry| fits(entry)).collect();
    match candidates.as_slice() {
        [] => Err(unknown(&listing.runs)),
        // Runs are listed newest first.
        [newest, ..] if reference == LAST => Ok((*newest).clone()),
        [only] => Ok((*only).clone()),
        several => Err(StoreError::AmbiguousRun {
            reference: reference.to_owned(),
            candidates: several.iter().map(|entry| entry.run_id.to_string()).collect(),
        }),
    }
}

/// Which runs that cannot be read a reference means, where it means no other.
fn damaged(listing: &Listing, reference: &str) -> Vec<usize> {
    if listing.runs.iter().any(|entry| begins(entry.run_id, reference)) {
        return Vec::new();
    }
    let runs = listing.damaged.iter().enumerate();
    runs.filter(|(_, damage)| begins(damage.run_id, reference)).map(|(at, _)| at).collect()
}

fn begins(run: RunId, prefix: &str) -> bool {
    !prefix.is_empty() && run.to_string().starts_with(&prefix.to_ascii_lowercase())
}
