//! Results as files, for front ends: what was there is replaced when the file is complete, and stays when it cannot be
//! completed.

use crate::WorkflowError;
use admf_model::{Sheet, SheetColumn};
use admf_store::StoreError;
use admf_store::durable::DurableFile;
use admf_store::sheet_file::SheetWriter;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf, absolute};

/// Writes the file, replacing what was there.
pub fn export(path: &Path, sheet: &Sheet) -> Result<(), WorkflowError> {
    Ok(admf_store::sheet_file::write(&with_folder(path)?, sheet)?)
}

/// A file that is written in parts and replaces what was there when it is finished.
pub struct Export(SheetWriter);

impl Export {
    /// Begins a file with these columns.
    pub fn create(path: &Path, columns: &[SheetColumn]) -> Result<Self, WorkflowError> {
        Ok(Self(SheetWriter::create(&with_folder(path)?, columns)?))
    }

    /// Appends the rows of a part, which has the columns of the file.
    pub fn write(&mut self, part: &Sheet) -> Result<(), WorkflowError> {
        Ok(self.0.write(part)?)
    }

    /// Completes the file.
    pub fn finish(self) -> Result<(), WorkflowError> {
        Ok(self.0.finish()?)
    }
}

/// A text that is written in parts.
pub struct TextExport(Target);

enum Target {
    File(DurableFile),
    /// A device or a pipe has nothing to replace.
    Stream(BufWriter<File>),
}

impl TextExport {
    /// Begins a file; where the name is a link, what it leads to is replaced.
    pub fn create(path: &Path) -> io::Result<Self> {
        let target = match path.canonicalize() {
            Ok(there) if !there.is_file() => Target::Stream(BufWriter::new(File::create(there)?)),
            Ok(there) => Target::File(DurableFile::create(&there).map_err(refusal)?),
            Err(_) => Target::File(DurableFile::create(&absolute(path)?).map_err(refusal)?),
        };
        Ok(Self(target))
    }

    /// Completes the file.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Target::File(file) => file.commit().map_err(refusal),
            Target::Stream(mut stream) => stream.flush(),
        }
    }
}

impl Write for TextExport {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Target::File(file) => file.write(bytes),
            Target::Stream(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Target::File(file) => file.flush(),
            Target::Stream(stream) => stream.flush(),
        }
    }
}

/// Writes a text whole.
pub fn export_text(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = TextExport::create(path)?;
    file.write_all(text)?;
    file.finish()
}

/// What the system said: the caller names the file as the user did.
fn refusal(error: StoreError) -> io::Error {
    match error {
        StoreError::Io { source, .. } => source,
        other => io::Error::other(other),
    }
}

/// The store syncs the folder of what it writes, and a bare file name has none.
fn with_folder(path: &Path) -> Result<PathBuf, WorkflowError> {
    absolute(path).map_err(|error| WorkflowError::File { path: path.to_owned(), error })
}
