//! A table of results as a Parquet file, for front ends.

use crate::WorkflowError;
use admf_model::{Sheet, SheetColumn};
use admf_store::sheet_file::SheetWriter;
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

/// The store syncs the folder of what it writes, and a bare file name has none.
fn with_folder(path: &Path) -> Result<PathBuf, WorkflowError> {
    absolute(path).map_err(|error| WorkflowError::File { path: path.to_owned(), error })
}
