//! A table of results as a Parquet file, for front ends.

use crate::WorkflowError;
use admf_model::Sheet;
use std::path::{Path, absolute};

/// Writes the file, replacing what was there.
pub fn export(path: &Path, sheet: &Sheet) -> Result<(), WorkflowError> {
    // The store syncs the folder of what it writes, and a bare file name has none.
    let path = absolute(path).map_err(|error| WorkflowError::File { path: path.to_owned(), error })?;
    Ok(admf_store::sheet_file::write(&path, sheet)?)
}
