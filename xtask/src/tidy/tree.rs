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
        Ok(Self::with_test_modules(files))
    }

    /// A tree of these paths and texts.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self::with_test_modules(
            files.iter().map(|(path, text)| File::new(path, (*text).to_owned())).collect(),
        )
    }

    /// Files that another file declares as a module of tests are tests, whatever their names.
    fn with_test_modules(mut files: Vec<File>) -> Self {
        let stems: Vec<String> = files.iter().flat_map(File::test_modules).collect();
        for file in &mut files {
            let is_below = |stem: &String| {
                let rest = file.path.strip_prefix(stem.as_str());
                rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            if file.rust.is_some() && stems.iter().any(is_below) {
                file.rust = Some(Rust::of_tests(&file.text));
            }
        }
        Self { files }
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

    /// Paths without ending of the modules of tests that this file declares.
    fn test_modules(&self) -> Vec<String> {
        let names = self.rust.iter().flat_map(|rust| &rust.test_modules);
        let stem = self.path.trim_end_matches(".rs");
        let folder = match stem.rsplit_once('/') {
            Some((folder, "lib" | "main" | "mod")) => folder,
            _ => stem,
        };
        names.map(|name| format!("{folder}/{name}")).collect()
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

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn a_module_of_tests_is_recognised_by_its_declaration() {
        let tree = Tree::of(&[
            ("crates/x/src/lib.rs", "#[cfg(test)]\nmod testing;\nmod a;\n"),
            ("crates/x/src/testing.rs", "fn f() {}"),
            ("crates/x/src/testing/bars.rs", "fn f() {}"),
            ("crates/x/src/a.rs", "#[cfg(test)]\nmod cases;\n"),
            ("crates/x/src/a/cases.rs", "fn f() {}"),
            ("crates/x/src/testing_tools.rs", "fn f() {}"),
        ]);
        let tests: Vec<bool> = tree.rust().map(|(_, rust)| rust.is_test).collect();
        assert_eq!(tests, [false, true, true, false, true, false]);
    }
}
