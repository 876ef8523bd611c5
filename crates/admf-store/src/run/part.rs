//! What the files of a part were when it was written, `checkpoint/<number>/part.json`, and whether they still are.

use super::CHECKPOINT;
use super::checkpoint::{self, children};
use super::facts::write_json;
use super::inventory::{self, StoredFile};
use super::verify::{self, FileFault, FileProblem, Scrutiny};
use crate::error::Result;
use crate::plain_file;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the file, which is written last.
pub(super) const FILE: &str = "part.json";
/// Folders in a part.
const FOLDERS: [&str; 2] = ["signals", "classifiers"];

/// A part as it was written.
#[derive(Serialize, Deserialize)]
struct Part {
    /// Its place among the parts of the run, from 1.
    number: u32,
    /// Strategies in it.
    strategies: u64,
    /// All its files but this one, by their paths in its folder.
    files: BTreeMap<String, StoredFile>,
}

/// Records what is in the folder of a part whose files are all written.
pub(super) fn record(folder: &Path, number: u32) -> Result<()> {
    let files = inventory::record(folder)?;
    let strategies = files.get("strategies.parquet").and_then(|file| file.rows).unwrap_or(0);
    write_json(&folder.join(FILE), &Part { number, strategies, files })
}

/// The parts of a run, as they are found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many are as they were written, before the first that is not.
    pub(super) whole: u32,
    /// Strategies in them.
    pub(super) strategies: u64,
    /// What is wrong with the one behind them; nothing where there is none.
    pub(super) faults: Vec<FileFault>,
}

/// Looks at the parts of a run up to the first that is not what was written.
pub(super) fn look(run: &Path, scrutiny: Scrutiny) -> Result<Found> {
    let mut found = Found::default();
    for (number, folder) in checkpoint::parts(run)? {
        let next = found.whole + 1;
        if number != next {
            found.faults = vec![fault(next, None, FileProblem::Missing)];
            break;
        }
        let (strategies, faults) = look_at(&folder, number, scrutiny)?;
        if !faults.is_empty() {
            found.faults = faults;
            break;
        }
        found.whole = number;
        found.strategies += strategies;
    }
    Ok(found)
}

/// The strategies of a part, and what is wrong with it.
fn look_at(folder: &Path, number: u32, scrutiny: Scrutiny) -> Result<(u64, Vec<FileFault>)> {
    let part = match read(folder, number) {
        Ok(part) => part,
        Err(problem) => return Ok((0, vec![fault(number, Some(FILE), problem)])),
    };
    let mut faults = Vec::new();
    for (file, written) in &part.files {
        if let Err(problem) = verify::look_at_recorded(folder, file, written, scrutiny) {
            faults.push(fault(number, Some(file), problem));
        }
    }
    // What is there is merged: nothing may have come to it.
    for at in ["", FOLDERS[0], FOLDERS[1]] {
        let inner = folder.join(at);
        for path in if inner.is_dir() { children(&inner)? } else { Vec::new() } {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let file = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
            let is_known = name.starts_with('.')
                || file == FILE
                || FOLDERS.contains(&file.as_str())
                || part.files.contains_key(&file);
            if !is_known {
                faults.push(fault(number, Some(&file), FileProblem::Unknown));
            }
        }
    }
    Ok((part.strategies, faults))
}

fn read(folder: &Path, number: u32) -> std::result::Result<Part, FileProblem> {
    let path = folder.join(FILE);
    verify::size(&path)?;
    let text = plain_file::read(&path).map_err(|error| verify::unreadable(&error))?;
    let part: Part = serde_json::from_slice(&text).map_err(|error| FileProblem::Json(error.to_string()))?;
    if part.number != number {
        return Err(FileProblem::Unreadable(format!("it describes part {}", part.number)));
    }
    Ok(part)
}

/// True unless the file says that the part holds no strategy.
pub(super) fn may_hold_strategies(file: &Path) -> bool {
    let part = plain_file::read(file).ok().and_then(|text| serde_json::from_slice::<Part>(&text).ok());
    part.is_none_or(|part| part.strategies > 0)
}

fn fault(number: u32, file: Option<&str>, problem: FileProblem) -> FileFault {
    let part = format!("{CHECKPOINT}/{}", checkpoint::name(number));
    FileFault { file: file.map_or_else(|| part.clone(), |file| format!("{part}/{file}")), problem }
}

#[cfg(test)]
mod tests;
