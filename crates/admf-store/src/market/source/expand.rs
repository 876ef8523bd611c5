//! Files as the user names them: paths, patterns such as `data/*.csv`, and folders.

use super::Source;
use crate::market::error::{MarketError, OpenProblem};
use glob::MatchOptions;
use std::path::{Path, PathBuf};

/// Endings of files that are read from a folder.
const ENDINGS: [&str; 11] = [
    ".csv", ".csv.gz", ".csv.zst", ".txt", ".txt.gz", ".txt.zst", ".tsv", ".tsv.gz", ".tsv.zst", ".parquet",
    ".pq",
];

/// The files that arguments name, in the order of the arguments, those of a pattern or folder sorted by name.
pub(super) fn expand(arguments: &[String]) -> Result<Vec<Source>, MarketError> {
    let mut sources = Vec::new();
    for argument in arguments {
        let source = Source::from_argument(argument);
        let Some(path) = source.disk_path().map(Path::to_owned) else { continue };
        let files = files(&path)?;
        match files.as_slice() {
            [file] if *file == path => sources.push(source),
            _ => sources.extend(files.into_iter().map(|file| source.at(file))),
        }
    }
    Ok(sources)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, MarketError> {
    let failed = |problem| MarketError::Open { file: path.display().to_string(), problem };
    if path.is_dir() {
        let found = in_folder(path).map_err(|e| failed(OpenProblem::from_io(e)))?;
        return if found.is_empty() { Err(failed(OpenProblem::EmptyFolder)) } else { Ok(found) };
    }
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?', '[']) {
        return Ok(vec![path.to_owned()]);
    }
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let matches = glob::glob_with(&text, options)
        .map_err(|e| failed(OpenProblem::Pattern { problem: e.msg.to_owned() }))?;
    let mut found: Vec<PathBuf> = matches.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    found.sort();
    if found.is_empty() { Err(failed(OpenProblem::NoMatch)) } else { Ok(found) }
}

/// The files of prices in a folder, not those of the folders in it.
fn in_folder(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let hidden = name.starts_with('.');
        if !hidden && path.is_file() && ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
