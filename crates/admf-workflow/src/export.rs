//! A table of results as a Parquet file, for front ends.

use crate::WorkflowError;
use admf_model::Sheet;
use std::path::Path;

/// Writes the file, replacing what was there.
pub fn export(path: &Path, sheet: &Sheet) -> Result<(), WorkflowError> {
    Ok(admf_store::sheet_file::write(path, sheet)?)
}
