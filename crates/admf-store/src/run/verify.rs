//! Are the files of a complete run what was written? Every fault is named; none keeps others from being found.

use super::facts::Begun;
use super::inventory::{StoredFile, is_parquet, sha256};
use super::{RunMetadata, SPEC, part};
use crate::error::StoreError;
use crate::parquet_file;
use crate::plain_file;
use crate::record::Record;
use crate::tables::{self, ClassifierRow, RunRow, StrategyRow, TradeRow};
use crate::workspace::Workspace;
use admf_model::words::grouped;
use admf_model::{ContentHash, RunId};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How closely files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrutiny {
    /// Only the files that the database is loaded from: their footers, and rows against the metadata.
    Tables,
    /// Every file: size, footer, rows, and whether small files can be read.
    Footers,
    /// Every byte: the recorded checksum, or where none is recorded every page.
    Contents,
}

/// A file of a run that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file, by its path in the run's folder.
    pub file: String,
    /// What is wrong with it.
    pub problem: FileProblem,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It is not there.
    Missing,
    /// It has no bytes.
    Empty,
    /// It is not a file of the run: a link leads elsewhere, from a pipe nothing comes.
    NoFile(String),
    /// No run wrote it.
    Unknown,
    /// The system does not let it be read.
    Unreadable(String),
    /// It is shorter or longer than what was written.
    Size {
        /// Bytes written.
        written: u64,
        /// Bytes found.
        found: u64,
    },
    /// Its footer is none of a Parquet file.
    Footer(String),
    /// It has other rows than were written.
    Rows {
        /// Rows written.
        written: u64,
        /// Rows found.
        found: u64,
    },
    /// It is not JSON.
    Json(String),
    /// Its content is not what was written.
    Checksum,
    /// Rows in it cannot be read.
    Pages(String),
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.problem {
            FileProblem::Missing => write!(f, "{file} is missing"),
            FileProblem::Empty => write!(f, "{file} is empty"),
            FileProblem::NoFile(reason) => write!(f, "{file} is not what was written: {reason}"),
            FileProblem::Unknown => write!(f, "{file} was not written by the run"),
            FileProblem::Unreadable(reason) => write!(f, "{file} cannot be read: {reason}"),
            FileProblem::Size { written, found } if found < written => {
                write!(f, "{file} is cut off: {} of {} bytes are there", grouped(*found), grouped(*written))
            }
            FileProblem::Size { written, found } => {
                write!(
                    f,
                    "{file} was changed: it has {} bytes, {} were written",
                    grouped(*found),
                    grouped(*written)
                )
            }
            FileProblem::Footer(_) => {
                write!(f, "{file} is cut off or not a Parquet file: its footer cannot be read")
            }
            FileProblem::Rows { written, found } => {
                write!(f, "{file} has {} rows, {} were written", grouped(*found), grouped(*written))
            }
            FileProblem::Json(reason) => write!(f, "{file} is not JSON: {reason}"),
            FileProblem::Checksum => write!(f, "{file} was changed: its checksum is not the recorded one"),
            FileProblem::Pages(reason) => write!(f, "{file} has rows that cannot be read: {reason}"),
        }
    }
}

/// Looks at the files of a complete run; nothing is found where they are in order.
pub fn verify(workspace: &Workspace, run: &RunMetadata, scrutiny: Scrutiny) -> Vec<FileFault> {
    let folder = workspace.run(run.run_id);
    let mut faults = Vec::new();
    for (file, written) in expected(&folder, run) {
        let is_table = !file.contains('/') && file.ends_with(".parquet");
        if scrutiny == Scrutiny::Tables && !is_table {
            continue;
        }
        if let Err(problem) = look_at(&folder, &file, &written, scrutiny) {
            faults.push(FileFault { file, problem });
        }
    }
    if scrutiny != Scrutiny::Tables
        && let Err(problem) = look_at_spec(&folder.join(SPEC), run.facts.config_hash)
    {
        faults.push(FileFault { file: SPEC.to_owned(), problem });
    }
    faults
}

/// Looks at what an incomplete run has stored: its spec, and its parts up to the first that is damaged, from which on
/// they are evaluated again when the run goes on.
///
/// # Errors
/// When nothing tells what the run is about, or its folder cannot be read.
pub fn verify_unfinished(
    workspace: &Workspace,
    run: RunId,
    scrutiny: Scrutiny,
) -> crate::error::Result<Vec<FileFault>> {
    let folder = workspace.run(run);
    let begun = Begun::load(&folder)?;
    let mut faults = part::look(&folder, scrutiny)?.faults;
    if let Err(problem) = look_at_spec(&folder.join(SPEC), begun.facts.config_hash) {
        faults.push(FileFault { file: SPEC.to_owned(), problem });
    }
    Ok(faults)
}

/// Looks at a file in a folder of which is recorded what was written.
pub(super) fn look_at_recorded(
    folder: &Path,
    file: &str,
    written: &StoredFile,
    scrutiny: Scrutiny,
) -> Result<(), FileProblem> {
    look_at(folder, file, &Written { record: Some(written.clone()), rows: None }, scrutiny)
}

/// What is known of a file that should be there.
#[derive(Default)]
struct Written {
    record: Option<StoredFile>,
    /// Rows that the metadata counts.
    rows: Option<u64>,
}

/// The files that a run's metadata names. Runs of earlier versions recorded none; what they hold follows from the rest
/// of their metadata.
fn expected(folder: &Path, run: &RunMetadata) -> BTreeMap<String, Written> {
    let mut files: BTreeMap<String, Written> = BTreeMap::new();
    for table in tables::database().iter().filter(|table| table.name != RunRow::table().name) {
        files.entry(format!("{}.parquet", table.name)).or_default();
    }
    for file in run.signal_files.values().chain(run.classifier_files.values()) {
        files.entry(file.clone()).or_default();
    }
    if run.files.is_empty() {
        let summary = folder.join("summary");
        let names = ["performance", "performance_summary", "strategy_rankings", "regime_summary"];
        let there =
            names.map(|name| format!("{name}.json")).into_iter().filter(|name| summary.join(name).exists());
        files.extend(there.map(|name| (format!("summary/{name}"), Written::default())));
    }
    for (file, record) in &run.files {
        files.entry(file.clone()).or_default().record = Some(record.clone());
    }
    let counts = [
        (StrategyRow::table().name, run.total_strategies),
        (TradeRow::table().name, run.total_trades),
        (ClassifierRow::table().name, run.total_classifiers),
    ];
    for (table, rows) in counts {
        files.entry(format!("{table}.parquet")).or_default().rows = Some(rows);
    }
    files
}

fn look_at(folder: &Path, file: &str, written: &Written, scrutiny: Scrutiny) -> Result<(), FileProblem> {
    let path = &folder.join(file);
    if let Some((inner, _)) = file.rsplit_once('/')
        && folder.join(inner).is_symlink()
    {
        return Err(FileProblem::NoFile(format!("`{inner}` is a link, and links are not followed")));
    }
    let found = size(path)?;
    let record = written.record.as_ref().filter(|_| scrutiny != Scrutiny::Tables);
    if let Some(record) = record.filter(|record| record.bytes != found) {
        return Err(FileProblem::Size { written: record.bytes, found });
    }
    if is_parquet(path) {
        let found = parquet_file::count_rows(path).map_err(|error| match error {
            StoreError::Io { source, .. } => unreadable(&source),
            error => FileProblem::Footer(cause(&error)),
        })?;
        let recorded = written.record.as_ref().and_then(|record| record.rows);
        if let Some(written) = [written.rows, recorded].into_iter().flatten().find(|rows| *rows != found) {
            return Err(FileProblem::Rows { written, found });
        }
    } else {
        readable_json(path)?;
    }
    match record {
        _ if scrutiny != Scrutiny::Contents => Ok(()),
        Some(record) if sha256(path).map_err(|error| unreadable(&error))? != record.sha256 => {
            Err(FileProblem::Checksum)
        }
        Some(_) => Ok(()),
        None if is_parquet(path) => {
            parquet_file::read_all(path).map_err(|error| FileProblem::Pages(cause(&error)))
        }
        None => Ok(()),
    }
}

/// Bytes of a file that is one.
pub(super) fn size(path: &Path) -> Result<u64, FileProblem> {
    if let Err(error) = plain_file::check(path)
        && error.kind() == std::io::ErrorKind::InvalidInput
    {
        return Err(FileProblem::NoFile(error.to_string()));
    }
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(FileProblem::Missing),
        Err(error) => Err(unreadable(&error)),
        Ok(about) if about.len() == 0 => Err(FileProblem::Empty),
        Ok(about) => Ok(about.len()),
    }
}

fn readable_json(path: &Path) -> Result<(), FileProblem> {
    let text = std::fs::read(path).map_err(|error| unreadable(&error))?;
    match serde_json::from_slice::<serde::de::IgnoredAny>(&text) {
        Ok(_) => Ok(()),
        Err(error) => Err(FileProblem::Json(error.to_string())),
    }
}

fn look_at_spec(path: &Path, written: ContentHash) -> Result<(), FileProblem> {
    // A spec that says nothing is possible: an empty file is compared like any other.
    match plain_file::read(path) {
        Ok(text) if ContentHash::of(&[&text]) == written => Ok(()),
        Ok(_) => Err(FileProblem::Checksum),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(FileProblem::Missing),
        Err(error) => Err(unreadable(&error)),
    }
}

pub(super) fn unreadable(error: &std::io::Error) -> FileProblem {
    FileProblem::Unreadable(error.to_string())
}

/// The reason alone: the file is named already.
fn cause(error: &StoreError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests;
