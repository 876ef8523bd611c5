//! Which runs a workspace holds and in what state.

use super::checkpoint::children;
use super::facts::Begun;
use super::metadata::{self, RunMetadata};
use super::verify::Scrutiny;
use super::{METADATA, lock, part, remains};
use crate::error::{Result, StoreError};
use crate::foreign::in_order;
use crate::plain_file;
use crate::workspace::Workspace;
use admf_model::{RunId, Timestamp};
use std::path::{Path, PathBuf};

/// The state of a run (rule 27).
#[derive(Clone, Debug, PartialEq)]
pub enum RunState {
    /// A process writes it.
    Running,
    /// No process writes it and it has not finished; what was checkpointed can be recovered.
    Incomplete,
    /// It has finished.
    Complete(Box<RunMetadata>),
}

impl RunState {
    /// `running`, `incomplete` or `complete`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Incomplete => "incomplete",
            Self::Complete(_) => "complete",
        }
    }
}

/// A run of a workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct RunEntry {
    /// The run.
    pub run_id: RunId,
    /// The name that the spec gives itself.
    pub name: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Strategies stored so far.
    pub strategies: u64,
    /// Its state.
    pub state: RunState,
}

/// All runs, or what is kept of them, and what could not be read.
#[derive(Debug)]
pub struct Listing<T = RunEntry> {
    /// Runs, the newest first.
    pub runs: Vec<T>,
    /// Runs that could not be read; they do not hide the others.
    pub damaged: Vec<Damage>,
}

/// A run that could not be read.
#[derive(Debug)]
pub struct Damage {
    /// The run, by the name of its folder.
    pub run_id: RunId,
    /// Why.
    pub error: StoreError,
}

/// Lists all runs.
pub fn list(workspace: &Workspace) -> Result<Listing> {
    list_as(workspace, |entry| entry)
}

/// Lists all runs and keeps of each only what is asked for: of thousands all metadata is a lot of memory.
pub fn list_as<T: Send>(workspace: &Workspace, keep: impl Fn(RunEntry) -> T + Sync) -> Result<Listing<T>> {
    let folders = folders(workspace)?;
    // A run may finish or disappear while it is looked at: what fails is looked at once more.
    let look = |(run, folder): &(RunId, PathBuf)| {
        let entry = entry(*run, folder).or_else(|_| entry(*run, folder))?;
        Ok(entry.map(|entry| ((entry.created_at, entry.run_id), keep(entry))))
    };
    let (mut runs, mut damaged) = (Vec::with_capacity(folders.len()), Vec::new());
    let looked_at = in_order(&folders, look);
    for ((run, _), found) in folders.into_iter().zip(looked_at) {
        match found {
            Ok(found) => runs.extend(found),
            Err(error) => damaged.push(Damage { run_id: run, error }),
        }
    }
    runs.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
    Ok(Listing { runs: runs.into_iter().map(|(_, run)| run).collect(), damaged })
}

/// Ids of the complete runs, without reading them, in order; and the runs of which nothing tells any more that they are
/// complete.
pub fn complete(workspace: &Workspace) -> Result<Listing<RunId>> {
    let mut found = Listing { runs: Vec::new(), damaged: Vec::new() };
    for (run_id, folder) in folders(workspace)? {
        let metadata = folder.join(METADATA);
        match plain_file::is_there(&metadata).map_err(StoreError::io("read", &metadata)) {
            Ok(true) => found.runs.push(run_id),
            Ok(false) => {
                if let Err(error @ StoreError::LostMetadata { .. }) = entry(run_id, &folder) {
                    found.damaged.push(Damage { run_id, error });
                }
            }
            Err(error) => found.damaged.push(Damage { run_id, error }),
        }
    }
    Ok(found)
}

/// The error for a run that another process writes.
pub(super) fn running(run: RunId) -> StoreError {
    StoreError::NotComplete {
        run_id: run.to_string(),
        state: "running",
        remedy: "wait until it has finished, or stop it".to_owned(),
    }
}

/// Folders that are named like runs, in the order of their ids.
pub(crate) fn folders(workspace: &Workspace) -> Result<Vec<(RunId, PathBuf)>> {
    let named = |path: PathBuf| Some((path.file_name()?.to_str()?.parse::<RunId>().ok()?, path));
    let mut folders: Vec<_> = children(&workspace.runs())?.into_iter().filter_map(named).collect();
    folders.sort();
    Ok(folders)
}

/// One run; `None` where a folder holds nothing that could be recovered.
fn entry(run_id: RunId, folder: &Path) -> Result<Option<RunEntry>> {
    let file = folder.join(METADATA);
    let complete = |metadata: RunMetadata| complete_entry(run_id, &file, metadata).map(Some);
    if let Some(metadata) = metadata::read_if_there(&file)? {
        return complete(metadata);
    }
    // Whether it runs is asked first: a run that finishes in between is seen as complete behind it.
    let held = lock::is_held(folder)?;
    if let Some(metadata) = metadata::read_if_there(&file)? {
        return complete(metadata);
    }
    let is_begun = Begun::path(folder).exists();
    if held && !is_begun {
        // A process that has only just created the folder has not written what the run is about.
        return Ok(None);
    }
    if !held {
        match remains::result(folder)? {
            None => return Ok(None),
            Some(found) if !is_begun => {
                let begun = Begun::path(folder);
                let is_of_part = begun.parent().is_some_and(|checkpoint| found.starts_with(checkpoint));
                let path = if is_of_part { begun } else { file };
                return Err(StoreError::LostMetadata { path, found });
            }
            Some(_) => {}
        }
    }
    let begun = Begun::load(folder)?;
    let state = if held { RunState::Running } else { RunState::Incomplete };
    let strategies = part::look(folder, Scrutiny::Footers)?.strategies;
    if let Some(metadata) = metadata::read_if_there(&file)? {
        // It has finished, and its parts were removed while they were looked at.
        return complete(metadata);
    }
    Ok(Some(RunEntry { run_id, name: begun.facts.name, created_at: begun.created_at, strategies, state }))
}

/// A run that has finished; the metadata must be its own.
fn complete_entry(run_id: RunId, file: &Path, metadata: RunMetadata) -> Result<RunEntry> {
    if metadata.run_id != run_id {
        let reason =
            format!("it describes run {}: the folder was renamed or the file copied", metadata.run_id);
        return Err(StoreError::Damaged { path: file.to_owned(), reason });
    }
    Ok(RunEntry {
        run_id,
        name: metadata.facts.name.clone(),
        created_at: metadata.wall_clock.created_at,
        strategies: metadata.total_strategies,
        state: RunState::Complete(Box::new(metadata)),
    })
}
