//! What a foreign folder holds, by listing it: runs, and their strategies and classifiers.

use super::{Problem, json};
use std::fs::FileType;
use std::path::{Path, PathBuf};

/// Folders beside the strategies and the classifiers that hold mixtures of them.
const COMBINED: &str = "combined";

/// A run in a foreign folder.
#[derive(Clone, Debug, Default)]
pub struct RunFolder {
    /// The folder.
    pub path: PathBuf,
    /// Its strategies, by the name of their folder or file.
    pub strategies: Vec<StrategyPlace>,
    /// Folders of its classifiers, by name.
    pub classifiers: Vec<PathBuf>,
    /// What is there and is not adopted.
    pub left_out: Vec<LeftOut>,
    /// Entries that cannot be what they should be.
    pub problems: Vec<Problem>,
}

/// A part of a run that is not adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name, relative to the run.
    pub name: String,
    /// Files in it, or 1 for a file.
    pub files: usize,
}

/// Where a strategy is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrategyPlace {
    /// A folder with `metadata.json`, `signals.parquet` and perhaps `performance.json`.
    Folder(PathBuf),
    /// A Parquet file that says in its footer what it is.
    File(PathBuf),
}

impl StrategyPlace {
    /// The folder or file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::File(path) => path,
        }
    }

    /// Its name without the ending of a file: what the strategy is called where nothing else is said.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Folder(path) => path.file_name(),
            Self::File(path) => path.file_stem(),
        };
        name.unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The runs in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundRuns {
    /// Their folders.
    pub runs: Vec<PathBuf>,
    /// Links in place of such folders.
    pub problems: Vec<Problem>,
}

/// What is said of links in place of folders.
const LINK: &str = "it is a link, and links are not followed";

/// The folders of runs in a folder: itself where it is one, else those directly in it. Empty where there is none.
///
/// # Errors
/// When the folder cannot be listed.
pub fn find_runs(folder: &Path) -> Result<FoundRuns, Problem> {
    if is_run(folder) {
        return Ok(FoundRuns { runs: vec![folder.to_owned()], problems: Vec::new() });
    }
    let mut found = FoundRuns::default();
    for (path, kind) in entries(folder)? {
        if kind.is_dir() && is_run(&path) {
            found.runs.push(path);
        } else if kind.is_symlink() && !path.is_file() && !leads_to_sibling(&path) {
            found.problems.push(Problem::of(&path, LINK));
        }
    }
    Ok(found)
}

/// True for a second name of a folder beside it, such as `latest`: that one is found by its own.
fn leads_to_sibling(link: &Path) -> bool {
    let (Ok(target), Some(Ok(folder))) = (link.canonicalize(), link.parent().map(Path::canonicalize)) else {
        return false;
    };
    target.parent() == Some(&folder)
}

/// A folder of strategies makes a run, even where nothing says what it is: so it is not passed over in silence.
fn is_run(folder: &Path) -> bool {
    folder.join("signals").is_dir() || folder.join("metadata.json").is_file()
}

impl RunFolder {
    /// Lists a run's folder.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn list(path: &Path) -> Result<Self, Problem> {
        let mut run = Self { path: path.to_owned(), ..Self::default() };
        for (entry, kind) in entries(path)? {
            match (name(&entry).as_str(), kind.is_dir()) {
                ("metadata.json", false) => {}
                ("signals" | "classifiers", false) if kind.is_symlink() => {
                    run.problems.push(Problem::of(&entry, LINK));
                }
                ("signals", true) => run.list_strategies(&entry)?,
                ("classifiers", true) => run.list_classifiers(&entry)?,
                (name, _) => run.leave_out(name.to_owned(), &entry, kind),
            }
        }
        Ok(run)
    }

    fn list_strategies(&mut self, folder: &Path) -> Result<(), Problem> {
        for (entry, kind) in entries(folder)? {
            let name = name(&entry);
            if kind.is_symlink() {
                self.problems.push(Problem::of(&entry, LINK));
            } else if kind.is_dir() && name != COMBINED {
                self.strategies.push(StrategyPlace::Folder(entry));
            } else if kind.is_file() && name.ends_with(".parquet") {
                self.strategies.push(StrategyPlace::File(entry));
            } else {
                self.leave_out(format!("signals/{name}"), &entry, kind);
            }
        }
        Ok(())
    }

    fn list_classifiers(&mut self, folder: &Path) -> Result<(), Problem> {
        for (entry, kind) in entries(folder)? {
            let name = name(&entry);
            if kind.is_symlink() {
                self.problems.push(Problem::of(&entry, LINK));
            } else if kind.is_dir() && name != COMBINED {
                self.classifiers.push(entry);
            } else {
                self.leave_out(format!("classifiers/{name}"), &entry, kind);
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, name: String, path: &Path, kind: FileType) {
        let files = if kind.is_dir() { count_files(path) } else { 1 };
        self.left_out.push(LeftOut { name, files });
    }
}

/// Files in a folder and in those below it; what cannot be listed does not count.
fn count_files(folder: &Path) -> usize {
    let entries = entries(folder).unwrap_or_default();
    entries.iter().map(|(path, kind)| if kind.is_dir() { count_files(path) } else { 1 }).sum()
}

/// What is in a folder, by name, but for hidden files.
fn entries(folder: &Path) -> Result<Vec<(PathBuf, FileType)>, Problem> {
    let failed = |error: std::io::Error| json::missing(folder, &error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            // The kind of the entry itself: that of a link is a link.
            found.push((entry.path(), entry.file_type().map_err(failed)?));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
