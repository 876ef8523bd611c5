//! `admf data samples`: the sample prices as files, for a first import.

use crate::WorkflowError;
use crate::samples::{File, INDICES, STOCKS, Sample, VIX};
use admf_model::{CellKind, Sheet};
use admf_store::durable;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where they are to lie.
#[derive(Clone, Debug)]
pub struct DataSamplesRequest {
    /// A folder, which is made if it is not there.
    pub folder: PathBuf,
}

/// Writes the files; one that is there stays as it is, and must be the sample.
///
/// Returns a row per file.
pub fn data_samples(request: &DataSamplesRequest) -> Result<Sheet, WorkflowError> {
    let names = [("file", CellKind::Text), ("holds", CellKind::Text), ("bytes", CellKind::Integer)];
    let mut sheet = Sheet::new(names);
    for file in [INDICES, STOCKS, VIX].iter().flat_map(Sample::files) {
        let path = request.folder.join(file.plain);
        write(&path, file)?;
        sheet.push(vec![path.display().to_string().into(), file.holds.into(), file.bytes.len().into()]);
    }
    Ok(sheet)
}

fn write(path: &Path, file: &File) -> Result<(), WorkflowError> {
    let failed = |error| Err(WorkflowError::File { path: path.to_owned(), error });
    match std::fs::read(path) {
        Ok(there) if there == file.bytes => Ok(()),
        Ok(_) => {
            failed(std::io::Error::other("another file of this name is there: move it, or name a folder"))
        }
        Err(error) if error.kind() != ErrorKind::NotFound => failed(error),
        Err(_) => {
            durable::create_folders(path.parent().unwrap_or(Path::new(".")))?;
            Ok(durable::write(path, file.bytes)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DataSamplesRequest, data_samples};

    #[test]
    fn files_are_written_once_and_never_over_others() {
        let folder = tempfile::tempdir().unwrap();
        let request = DataSamplesRequest { folder: folder.path().join("new") };
        let sheet = data_samples(&request).unwrap();
        assert_eq!(sheet.rows.len(), 4);
        assert_eq!(data_samples(&request).unwrap(), sheet);
        let path = request.folder.join("stocks.csv.gz");
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/bokeh_stocks.csv.gz");
        assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(fixture).unwrap());
        std::fs::write(&path, "mine").unwrap();
        let error = data_samples(&request).unwrap_err().to_string();
        assert!(
            error.ends_with("stocks.csv.gz: another file of this name is there: move it, or name a folder"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    }
}
