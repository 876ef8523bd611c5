//! Removing runs, and what dead processes left behind.

use super::checkpoint::{self, children};
use super::list::{folders, running};
use super::lock::{self, RunsGuard};
use super::{CHECKPOINT, METADATA};
use crate::durable;
use crate::error::{Result, StoreError};
use crate::workspace::Workspace;
use admf_model::RunId;
use std::path::Path;
use std::{fs, io};

/// Removes a run, complete or incomplete. A running one is refused. The trial ledger is not touched.
pub fn remove(workspace: &Workspace, run: RunId) -> Result<()> {
    let _guard = RunsGuard::take(workspace)?;
    let folder = workspace.run(run);
    if !folder.is_dir() {
        let known = folders(workspace)?.into_iter().map(|(run, _)| run.to_string()).collect();
        return Err(StoreError::UnknownRun { reference: run.to_string(), known });
    }
    if lock::is_held(&folder)? {
        return Err(running(run));
    }
    delete(&folder)
}

/// Removes folders that nobody writes and from which nothing can be recovered, and completes what was interrupted
/// while finishing or removing. The caller holds the guard. Returns the runs that were removed.
pub(super) fn sweep(workspace: &Workspace) -> Result<Vec<RunId>> {
    let mut removed = Vec::new();
    for folder in children(&workspace.runs())? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if durable::is_temporary(&name) {
            fs::remove_dir_all(&folder).map_err(StoreError::io("remove", &folder))?;
            continue;
        }
        let Ok(run) = name.parse::<RunId>() else { continue };
        if lock::is_held(&folder)? {
            continue;
        }
        if folder.join(METADATA).exists() {
            leftovers(&folder)?;
        } else if !checkpoint::is_recoverable(&folder)? {
            delete(&folder)?;
            removed.push(run);
        }
    }
    removed.sort();
    Ok(removed)
}

/// Removes what a complete run no longer needs. The process that finished it and the next start may do so at once.
pub(super) fn leftovers(run: &Path) -> Result<()> {
    checkpoints(run)?;
    let lock = run.join(lock::FILE);
    unless_gone(fs::remove_file(&lock), &lock)
}

/// Removes the parts of a complete run.
pub(super) fn checkpoints(run: &Path) -> Result<()> {
    let checkpoint = run.join(CHECKPOINT);
    unless_gone(fs::remove_dir_all(&checkpoint), &checkpoint)
}

/// What is already gone need not be removed.
fn unless_gone(removed: io::Result<()>, path: &Path) -> Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Takes the folder out of sight first, so that no reader sees half of a run.
fn delete(run: &Path) -> Result<()> {
    let out_of_sight = durable::temporary_sibling(run);
    durable::rename(run, &out_of_sight)?;
    fs::remove_dir_all(&out_of_sight).map_err(StoreError::io("remove", &out_of_sight))
}
