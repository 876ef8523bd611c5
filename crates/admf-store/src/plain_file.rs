//! Files of a workspace that are files: no links, which may lead out of it, and no pipes, on which a reader would wait
//! without end.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// Refuses a link, a folder, a pipe and a device.
pub(crate) fn check(path: &Path) -> Result<()> {
    let kind = path.symlink_metadata()?.file_type();
    if kind.is_symlink() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is a link, and links are not followed"));
    }
    if !kind.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    Ok(())
}

/// Opens a file to read it.
pub(crate) fn open(path: &Path) -> Result<File> {
    check(path)?;
    File::open(path)
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    check(path)?;
    fs::read(path)
}

/// The text of a file.
pub(crate) fn read_to_string(path: &Path) -> Result<String> {
    check(path)?;
    fs::read_to_string(path)
}

/// Opens a file of which only the lock matters, and makes it where it is missing.
pub(crate) fn open_or_create(path: &Path) -> Result<File> {
    match check(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => File::options().write(true).create(true).truncate(false).open(path),
    }
}

/// True where something has this name; an error where the system does not tell.
pub(crate) fn is_there(path: &Path) -> Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
