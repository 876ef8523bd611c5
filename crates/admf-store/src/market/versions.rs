//! The versions of a dataset on disk: `<name>/<content hash>/{bars.parquet, dataset.json, rejected.csv}`.
//!
//! Bars never change. `dataset.json` is written last, by rename: a version is there if and only if that file is.

use super::description::{Description, FORMAT};
use super::error::MarketError;
use super::reject::Reject;
use super::source::Source;
use super::spool::HELD_ROWS;
use super::spooled_bars::SpooledBars;
use super::stored::RejectedRow;
use super::symbols::Symbols;
use super::text::TextEncoding;
use super::{bars_file, hash, reject_file};
use crate::durable::{self, DurableFile};
use crate::error::StoreError;
use crate::name::{self, NameKind};
use crate::plain_file;
use admf_model::ContentHash;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

const BARS: &str = "bars.parquet";
const DESCRIPTION: &str = "dataset.json";
const REJECTS: &str = "rejected.csv";

/// Folder of a version.
pub(super) fn folder(root: &Path, name: &str, hash: ContentHash) -> PathBuf {
    root.join(name).join(hash.to_string())
}

/// A version's bars file.
pub(super) fn bars_path(folder: &Path) -> PathBuf {
    folder.join(BARS)
}

/// Keeps other imports into this market out until dropped, so that each gets an ordinal of its own.
pub(super) fn lock(root: &Path) -> Result<File, MarketError> {
    durable::create_folders(root)?;
    let path = root.join(".lock");
    let file = plain_file::open_or_create(&path).map_err(StoreError::io("create", &path))?;
    file.lock().map_err(StoreError::io("lock", &path))?;
    Ok(file)
}

/// Removes what imports that were killed left half written. The caller holds the lock, so that nobody writes there.
pub(super) fn sweep(root: &Path) -> Result<(), MarketError> {
    for name in names(root)? {
        for version in folders(&root.join(&name))? {
            sweep_folder(&root.join(&name).join(version))?;
        }
    }
    sweep_folder(root)
}

fn sweep_folder(folder: &Path) -> Result<(), MarketError> {
    for entry in fs::read_dir(folder).map_err(StoreError::io("list", folder))? {
        let entry = entry.map_err(StoreError::io("list", folder))?;
        if durable::is_temporary(&entry.file_name().to_string_lossy()) && entry.path().is_file() {
            fs::remove_file(entry.path()).map_err(StoreError::io("remove", &entry.path()))?;
        }
    }
    Ok(())
}

/// The names of datasets with at least one version folder, sorted.
pub(super) fn names(root: &Path) -> Result<Vec<String>, MarketError> {
    Ok(folders(root)?.into_iter().filter(|folder| name::check(NameKind::Dataset, folder).is_ok()).collect())
}

/// The hashes of a name's versions that were imported completely.
pub(super) fn hashes(root: &Path, name: &str) -> Result<Vec<ContentHash>, MarketError> {
    let folder = root.join(name);
    let complete = |hash: &ContentHash| folder.join(hash.to_string()).join(DESCRIPTION).is_file();
    Ok(folders(&folder)?.iter().filter_map(|name| name.parse().ok()).filter(complete).collect())
}

/// Names of the folders in a folder, sorted; none when it does not exist.
fn folders(folder: &Path) -> Result<Vec<String>, MarketError> {
    let failed = || StoreError::io("list", folder);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed())?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed())?;
        if entry.path().is_dir() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

/// Reads a version's description and checks that it is where it belongs.
pub(super) fn describe(root: &Path, name: &str, hash: ContentHash) -> Result<Description, MarketError> {
    /// Read alone first: a later format may have changed everything else.
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let path = folder(root, name, hash).join(DESCRIPTION);
    let corrupt = |problem: &dyn ToString| MarketError::corrupt(&path, problem.to_string());
    let text = fs::read(&path).map_err(|e| corrupt(&e))?;
    let Format { format } = serde_json::from_slice(&text).map_err(|e| corrupt(&e))?;
    if format > FORMAT {
        return Err(MarketError::Newer { path, format, known: FORMAT });
    }
    let description: Description = serde_json::from_slice(&text).map_err(|e| corrupt(&e))?;
    if description.name != name || description.content_hash != hash {
        let (name, hash) = (&description.name, description.content_hash);
        return Err(corrupt(&format!("it describes another dataset, {name}@{hash}")));
    }
    Ok(description)
}

/// True when the version's bars are on disk and have the hash that they should have.
pub(super) fn is_intact(folder: &Path, description: &Description) -> bool {
    let path = bars_path(folder);
    let bars: usize = description.symbols.iter().map(|symbol| symbol.bars).sum();
    let hash = if bars > HELD_ROWS {
        SpooledBars::open(&path).and_then(|bars| bars.content_hash())
    } else {
        bars_file::read(&path).map(|symbols| hash::content_hash(&symbols))
    };
    hash.is_ok_and(|hash| hash == description.content_hash)
}

/// Writes a version's bars.
pub(super) fn write_bars(folder: &Path, symbols: &Symbols) -> Result<(), MarketError> {
    durable::create_folders(folder)?;
    match symbols {
        Symbols::Held(bars) => bars_file::write(&bars_path(folder), bars),
        Symbols::Spooled(bars) => {
            let mut file = DurableFile::create(&bars_path(folder))?;
            bars.copy_to(&mut file)?;
            Ok(file.commit()?)
        }
    }
}

/// Writes the list of rejected rows, or removes it when there are none. Returns where it is.
pub(super) fn write_rejects(
    folder: &Path,
    sources: &[Source],
    encoding: Option<TextEncoding>,
    rejects: &[(usize, Reject)],
) -> Result<Option<PathBuf>, MarketError> {
    let path = folder.join(REJECTS);
    if rejects.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::io("remove", &path)(error).into())
            }
            _ => Ok(None),
        };
    }
    reject_file::write(&path, sources, encoding, rejects)?;
    Ok(Some(path))
}

/// Reads the list of rejected rows; empty when there is none.
pub(super) fn read_rejects(folder: &Path) -> Result<Vec<RejectedRow>, MarketError> {
    let path = folder.join(REJECTS);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let corrupt = |error: csv::Error| MarketError::corrupt(&path, error.to_string());
    csv::Reader::from_path(&path)
        .map_err(corrupt)?
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(corrupt)
}

/// Writes the description, by which the version exists.
pub(super) fn write_description(folder: &Path, description: &Description) -> Result<(), MarketError> {
    let path = folder.join(DESCRIPTION);
    let mut text =
        serde_json::to_string_pretty(description).map_err(|e| MarketError::corrupt(&path, e.to_string()))?;
    text.push('\n');
    Ok(durable::write(&path, text.as_bytes())?)
}
