//! The files of the project as the rules see them.

use super::Finding;
use super::rust::Rust;
use crate::project;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// All text files of the project, sorted by path.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

/// One text file.
pub(super) struct File {
    /// Relative to the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// Present for `.rs`.
    pub(super) rust: Option<Rust>,
}

impl Tree {
    /// Reads what git tracks and what it would offer to add.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listed = project::output(Command::new("git").args(listing).current_dir(root))?;
        let listed = String::from_utf8(listed).context("a path in the project is not UTF-8")?;
        let files = listed.split_terminator('\0').filter_map(|path| {
            // Binary files have no lines, and a tracked file may just have been deleted.
            let text = fs::read_to_string(root.join(path)).ok()?;
            Some(File::new(path, text))
        });
        let mut files: Vec<File> = files.collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// A tree of these paths and texts.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| File::new(path, (*text).to_owned())).collect() }
    }

    /// The Rust files with what was read in them.
    pub(super) fn rust(&self) -> impl Iterator<Item = (&File, &Rust)> {
        self.files.iter().filter_map(|file| Some((file, file.rust.as_ref()?)))
    }

    /// The files with one of these endings (written with the dot).
    pub(super) fn with_ending<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| endings.iter().any(|ending| file.path.ends_with(ending)))
    }
}

impl File {
    fn new(path: &str, text: String) -> Self {
        let rust = path.ends_with(".rs").then(|| Rust::read(path, &text));
        Self { path: path.to_owned(), text, rust }
    }

    /// The crate a file belongs to: `admf-stats`, `xtask`, or nothing.
    pub(super) fn package(&self) -> Option<&str> {
        match self.path.split_once('/')? {
            ("crates", rest) => rest.split_once('/').map(|(name, _)| name),
            ("xtask", _) => Some("xtask"),
            _ => None,
        }
    }

    /// True for files of one of these crates.
    pub(super) fn is_in(&self, packages: &[&str]) -> bool {
        self.package().is_some_and(|package| packages.contains(&package))
    }

    /// A finding at a line counted from 1.
    pub(super) fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }
}
