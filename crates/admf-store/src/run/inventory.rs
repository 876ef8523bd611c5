//! What the files of a run were when it finished: their sizes, rows and checksums, recorded in `metadata.json` so that a
//! later change is noticed.

use crate::error::{Result, StoreError};
use crate::parquet_file;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its size.
    pub bytes: u64,
    /// Rows of a Parquet file; undefined for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// SHA-256 of its bytes, in hexadecimal digits, as `sha256sum` prints it.
    pub sha256: String,
}

/// All files of a run that is about to be complete, by their paths in its folder with `/` between names. The copy of
/// the spec is left out: the hash of the spec is recorded already.
pub(super) fn record(run: &Path) -> Result<BTreeMap<String, StoredFile>> {
    let mut files = BTreeMap::new();
    for folder in ["", "signals", "classifiers", "summary"] {
        for path in files_in(&run.join(folder))? {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let is_data = is_parquet(&path) || name.ends_with(".json");
            if !is_data || name.starts_with('.') || name == super::METADATA {
                continue;
            }
            let key = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let bytes = fs::metadata(&path).map_err(StoreError::io("read", &path))?.len();
            let rows = is_parquet(&path).then(|| parquet_file::count_rows(&path)).transpose()?;
            let sha256 = sha256(&path).map_err(StoreError::io("read", &path))?;
            files.insert(key, StoredFile { bytes, rows, sha256 });
        }
    }
    Ok(files)
}

/// True for a name that ends as Parquet files do.
pub(super) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "parquet")
}

/// The checksum of a file, as [`StoredFile`] has it.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sha = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => break,
            n => sha.update(&block[..n]),
        }
    }
    Ok(sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The files of a folder, without folders; none where there is no folder.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(super::checkpoint::children(folder)?.into_iter().filter(|path| path.is_file()).collect())
}
