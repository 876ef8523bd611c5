//! Who may use `analytics.duckdb` when: many readers, or one writer.
//!
//! DuckDB locks its file itself, but with locks that belong to a process: two threads of one process would not notice
//! each other, and the first to close the file would release the lock of the other. So every use of the file is under
//! a lock of our own, on a file beside it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The right to use the database, for as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// The right to read beside other readers; `None` while somebody writes.
    pub(super) fn shared(path: &Path) -> io::Result<Option<Self>> {
        // Where nothing can be written the file may still be there to be read.
        match File::open(path) {
            Ok(file) => Self::take(file, File::try_lock_shared),
            Err(_) => Self::take(Self::create(path)?, File::try_lock_shared),
        }
    }

    /// The right to write alone; `None` while somebody reads or writes.
    pub(super) fn exclusive(path: &Path) -> io::Result<Option<Self>> {
        Self::take(Self::create(path)?, File::try_lock)
    }

    fn create(path: &Path) -> io::Result<File> {
        File::options().create(true).append(true).open(path)
    }

    fn take(file: File, lock: impl Fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<Self>> {
        match lock(&file) {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
