//! `cargo xtask tidy`: the rules of STYLE.md that a machine can check and that neither rustc nor clippy does.
//!
//! A rule reads the whole [`Tree`] and answers with findings; it knows nothing of files on disk.

mod manifest;
mod rules;
mod rust;
mod tree;

use crate::project;
use anyhow::{Result, bail};
use std::fmt;
use tree::Tree;

/// One breach of a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Checks every tracked and every new file that git does not ignore.
pub(crate) fn tidy() -> Result<()> {
    let tree = Tree::read(project::root())?;
    let mut findings: Vec<Finding> = rules::RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => bail!("1 line breaks a rule of STYLE.md"),
        n => bail!("{n} lines break a rule of STYLE.md"),
    }
}
