//! What is left in the folder of a run that did not finish. Only what is known to hold no result may be swept.

use super::checkpoint::children;
use super::{CHECKPOINT, SPEC, lock, part};
use crate::durable;
use crate::error::Result;
use std::path::{Path, PathBuf};

/// What a process writes into a part before the first strategy is evaluated, besides how many files that are.
const OF_CLASSIFIERS: [&str; 2] = ["classifiers", "classifiers.parquet"];

/// A file of a run that nobody writes which holds results, or which no run is known to write; `None` where everything
/// that is there was written before the first strategy was stored.
pub(super) fn result(run: &Path) -> Result<Option<PathBuf>> {
    let mut paths = children(run)?;
    paths.sort();
    for path in paths {
        match name(&path).as_str() {
            CHECKPOINT => {
                if let Some(found) = in_checkpoint(&path)? {
                    return Ok(Some(found));
                }
            }
            SPEC | lock::FILE => {}
            other if durable::is_temporary(other) => {}
            _ => return Ok(Some(path)),
        }
    }
    Ok(None)
}

fn in_checkpoint(checkpoint: &Path) -> Result<Option<PathBuf>> {
    let mut paths = children(checkpoint)?;
    paths.sort();
    for path in paths {
        let name = name(&path);
        if name == super::facts::BEGUN || durable::is_temporary(&name) {
            continue;
        }
        if !path.is_dir() {
            return Ok(Some(path));
        }
        let of_part = children(&path)?.into_iter().find(|file| !is_before_strategies(file));
        if of_part.is_some() {
            return Ok(of_part);
        }
    }
    Ok(None)
}

fn is_before_strategies(file: &Path) -> bool {
    let name = name(file);
    match name.as_str() {
        part::FILE => !part::may_hold_strategies(file),
        other => durable::is_temporary(other) || OF_CLASSIFIERS.contains(&other),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
