//! Removing runs, and what dead processes left behind.

use super::checkpoint::{self, children};
use super::list::{folders, running};
use super::lock::{self, RunsGuard};
use super::{CHECKPOINT, METADATA, remains};
use crate::durable;
use crate::error::{Result, StoreError};
use crate::plain_file;
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
    delete(&folder)?;
    // What was computed from the run is of no use without it.
    let analytics = workspace.analytics(run);
    unless_gone(fs::remove_dir_all(&analytics), &analytics)
}

/// What was done about folders that dead processes left.
#[derive(Debug, Default)]
pub struct Swept {
    /// Runs of which nothing was stored, and whose folders were removed.
    pub removed: Vec<RunId>,
    /// Why others could not be looked at: they are as they were.
    pub skipped: Vec<StoreError>,
}

/// Removes folders that nobody writes and in which nothing was stored, and completes what was interrupted
/// while finishing or removing. The caller holds the guard. A folder
/// that cannot be looked at keeps nobody from beginning a run.
pub(super) fn sweep(workspace: &Workspace) -> Result<Swept> {
    let mut swept = Swept::default();
    for folder in children(&workspace.runs())? {
        match sweep_folder(&folder) {
            Ok(removed) => swept.removed.extend(removed),
            Err(error) => swept.skipped.push(error),
        }
    }
    swept.removed.sort();
    Ok(swept)
}

/// Returns the run where it was removed.
fn sweep_folder(folder: &Path) -> Result<Option<RunId>> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if durable::is_temporary(&name) {
        return fs::remove_dir_all(folder).map_err(StoreError::io("remove", folder)).map(|()| None);
    }
    let Ok(run) = name.parse::<RunId>() else { return Ok(None) };
    if is_abandoned(folder)? {
        delete(folder)?;
        return Ok(Some(run));
    }
    if has_finished(folder)? && !lock::is_held(folder)? {
        leftovers(folder)?;
    }
    Ok(None)
}

fn has_finished(run: &Path) -> Result<bool> {
    let metadata = run.join(METADATA);
    plain_file::is_there(&metadata).map_err(StoreError::io("read", &metadata))
}

/// True for the folder of a run that nobody writes, that has not finished and in which nothing was stored.
pub(super) fn is_abandoned(run: &Path) -> Result<bool> {
    Ok(!lock::is_held(run)? && !has_finished(run)? && remains::result(run)?.is_none())
}

/// Removes files of an incomplete run that a killed process had not finished writing. The caller holds its lock.
pub(super) fn unfinished_files(run: &Path) -> Result<()> {
    for folder in [run.to_owned(), run.join(CHECKPOINT), run.join("signals"), run.join("classifiers")] {
        for path in children(&folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if durable::is_temporary(&name) {
                let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                unless_gone(removed, &path)?;
            }
        }
    }
    Ok(())
}

/// Removes what a complete run no longer needs. The process that finished it and the next start may do so at once.
pub(super) fn leftovers(run: &Path) -> Result<()> {
    checkpoints(run)?;
    let lock = run.join(lock::FILE);
    unless_gone(fs::remove_file(&lock), &lock)
}

/// Removes what a complete run no longer needs, where the process that finished it died before it could do so.
pub fn remove_leftovers(workspace: &Workspace, run: RunId) -> Result<()> {
    let folder = workspace.run(run);
    if folder.join(METADATA).exists() && !lock::is_held(&folder)? { leftovers(&folder) } else { Ok(()) }
}

/// Removes the parts of an incomplete run behind the first so many, the last first: a process that dies here leaves no
/// gap. The caller holds its lock.
pub(super) fn parts_behind(run: &Path, kept: u32) -> Result<()> {
    let behind = checkpoint::parts(run)?.into_iter().rev().filter(|(number, _)| *number > kept);
    for (_, part) in behind {
        if part.symlink_metadata().map_err(StoreError::io("read", &part))?.is_dir() {
            delete(&part)?;
        } else {
            fs::remove_file(&part).map_err(StoreError::io("remove", &part))?;
        }
    }
    Ok(())
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

/// Takes the folder out of sight first, so that no reader sees half of a run or of a part.
fn delete(folder: &Path) -> Result<()> {
    let out_of_sight = durable::temporary_sibling(folder);
    durable::rename(folder, &out_of_sight)?;
    fs::remove_dir_all(&out_of_sight).map_err(StoreError::io("remove", &out_of_sight))
}
