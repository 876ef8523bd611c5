//! Locks of the operating system: released when their process ends, however it ends.

use crate::durable;
use crate::error::{Result, StoreError};
use crate::plain_file;
use crate::workspace::Workspace;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// Name of a run's lock file. Whoever writes the run holds it.
pub(super) const FILE: &str = "lock";

/// Held for the short time in which runs are begun, swept or removed, so that a folder that was created a moment ago
/// is not mistaken for one left behind.
pub(super) struct RunsGuard {
    _lock: File,
}

impl RunsGuard {
    /// Takes it; the folder of runs is made where it is missing, as in a copy that leaves out empty folders.
    pub(super) fn take(workspace: &Workspace) -> Result<Self> {
        durable::create_folders(&workspace.runs())?;
        let path = workspace.runs().join(".lock");
        let lock = plain_file::open_or_create(&path).map_err(StoreError::io("create", &path))?;
        lock.lock().map_err(StoreError::io("lock", &path))?;
        Ok(Self { _lock: lock })
    }
}

/// Takes the lock of a run folder that nobody holds; `None` where somebody does.
pub(super) fn take(run: &Path) -> Result<Option<File>> {
    let path = run.join(FILE);
    let lock = plain_file::open_or_create(&path).map_err(StoreError::io("create", &path))?;
    // A reader that looks at the state holds the lock for an instant: give way to it a few times.
    for _ in 0..5 {
        match lock.try_lock() {
            Ok(()) => return Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::Error(e)) => return Err(StoreError::io("lock", &path)(e)),
        }
    }
    Ok(None)
}

/// True while a process writes the run.
pub(super) fn is_held(run: &Path) -> Result<bool> {
    let path = run.join(FILE);
    let lock = match plain_file::open(&path) {
        Ok(lock) => lock,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(StoreError::io("open", &path)(e)),
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(e)) => Err(StoreError::io("lock", &path)(e)),
    }
}
