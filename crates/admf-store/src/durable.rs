//! Files that are either there completely or not at all, also after a loss of power.
//!
//! Contents go to a temporary sibling, are synced, renamed into place, and the folder is synced. Temporary names begin
//! with a dot, hold the number of the process and end in `.tmp`; readers ignore them. Whatever fails removes its own. What
//! a killed process leaves behind stays until those who write to its folder next sweep it: runs and imports do.

use crate::error::{Result, StoreError};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file under construction, invisible under its final name until [`DurableFile::commit`]. Removed when dropped.
#[derive(Debug)]
pub struct DurableFile {
    target: PathBuf,
    temporary: PathBuf,
    /// `None` once committing has begun.
    writer: Option<BufWriter<File>>,
    is_committed: bool,
}

impl DurableFile {
    /// Begins a file; its folder must exist. What has its temporary name is replaced, never written to: it may be a link.
    pub fn create(target: &Path) -> Result<Self> {
        let temporary = temporary_sibling(target);
        let file = create_anew(&temporary).map_err(StoreError::io("create", &temporary))?;
        let writer = Some(BufWriter::new(file));
        Ok(Self { target: target.to_owned(), temporary, writer, is_committed: false })
    }

    /// Makes the contents durable and gives the file its name.
    pub fn commit(mut self) -> Result<()> {
        let writer = self.writer.take().expect("only commit takes the writer, and it consumes the file");
        let file =
            writer.into_inner().map_err(|e| e.into_error()).map_err(StoreError::io("write", &self.target))?;
        file.sync_all().map_err(StoreError::io("sync", &self.target))?;
        rename(&self.temporary, &self.target)?;
        self.is_committed = true;
        Ok(())
    }

    fn writer(&mut self) -> &mut BufWriter<File> {
        self.writer.as_mut().expect("only commit takes the writer, and it consumes the file")
    }
}

impl Write for DurableFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer().flush()
    }
}

impl Drop for DurableFile {
    fn drop(&mut self) {
        drop(self.writer.take());
        if !self.is_committed {
            // Nobody reads a temporary file: failing to remove it costs space only.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Creates a file of a name that an earlier process of the same number may have left.
fn create_anew(path: &Path) -> std::io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        created => created,
    }
}

/// Writes a whole file durably, replacing what was there.
pub fn write(target: &Path, contents: &[u8]) -> Result<()> {
    let mut file = DurableFile::create(target)?;
    file.write_all(contents).map_err(StoreError::io("write", target))?;
    file.commit()
}

/// Renames a file or folder whose contents are synced, and makes the new name durable.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(StoreError::io("create", to))?;
    sync_folder(folder_of(to))
}

/// Creates a folder and all that are missing above it, and makes their names durable; no error where it exists. An empty
/// path is the current folder, as the folder of a name alone.
pub fn create_folders(path: &Path) -> Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    // The current folder and the root exist: the walk upwards ends.
    create_folders(folder_of(path))?;
    // Somebody else may create it at the same time.
    if create_folder(path)? || path.is_dir() {
        return Ok(());
    }
    Err(StoreError::io("create folder", path)(std::io::ErrorKind::AlreadyExists.into()))
}

/// Creates a folder in an existing one and makes its name durable; false where the name is taken.
pub fn create_folder(path: &Path) -> Result<bool> {
    match fs::create_dir(path) {
        Ok(()) => sync_folder(folder_of(path)).map(|()| true),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(StoreError::io("create folder", path)(e)),
    }
}

/// The folder in which a file or folder lies; the current one for a bare name.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in a folder durable.
pub fn sync_folder(path: &Path) -> Result<()> {
    #[cfg(test)]
    tests::note_synced(path);
    // A folder can be opened and synced on Unix only; elsewhere the file system orders names itself.
    if cfg!(unix) {
        let folder = File::open(path).map_err(StoreError::io("open folder", path))?;
        folder.sync_all().map_err(StoreError::io("sync folder", path))?;
    }
    Ok(())
}

/// True for names that [`DurableFile`] gives to what is not finished.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".tmp")
}

/// The temporary name of a file or folder. It holds the process id, so that two processes never share one.
pub fn temporary_sibling(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
pub(crate) mod tests;
