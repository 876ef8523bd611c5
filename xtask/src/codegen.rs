//! `cargo xtask codegen [--check]`: files that are generated from the code and committed.
//!
//! The text comes from the hidden command `admf reference`, because this program depends on no crate of the
//! workspace.

use crate::{project, setup};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A generated file and the word that asks `admf reference` for its text.
const GENERATED: [(&str, &str); 9] = [
    ("schema", "crates/admf-store/schema/duckdb.sql"),
    ("tables", "docs/reference/tables.md"),
    ("metrics", "docs/reference/metrics.md"),
    ("functions", "docs/reference/functions.md"),
    ("library", "docs/reference/library.md"),
    ("settings", "docs/reference/settings.md"),
    ("data", "docs/reference/data.md"),
    ("cli", "docs/reference/cli.md"),
    ("spec", "docs/reference/spec.schema.json"),
];

/// Writes the files, or with `--check` only compares.
pub(crate) fn codegen(arguments: &[String]) -> Result<()> {
    let check = match arguments {
        [] => false,
        [word] if word == "--check" => true,
        _ => bail!("codegen takes no argument but --check"),
    };
    setup::library()?;
    let admf = project::build_admf()?;
    let mut stale = Vec::new();
    for (what, path) in GENERATED {
        let text = project::output(Command::new(&admf).args(["reference", what]))?;
        let path = Path::new(path);
        if check {
            stale.extend(difference(path, &text));
        } else {
            write(path, &text)?;
        }
    }
    if !stale.is_empty() {
        bail!("generated files are stale: run `cargo xtask codegen`\n  {}", stale.join("\n  "));
    }
    Ok(())
}

/// Leaves a file that is current untouched, so that nothing is rebuilt for it.
fn write(path: &Path, text: &[u8]) -> Result<()> {
    if difference(path, text).is_none() {
        return Ok(());
    }
    let file = project::root().join(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// Where a file and its generated text part, or `None` when they are the same.
fn difference(path: &Path, text: &[u8]) -> Option<String> {
    match fs::read(project::root().join(path)) {
        Ok(committed) if committed == text => None,
        Ok(committed) => Some(format!("{}:{}", path.display(), first_different_line(&committed, text))),
        Err(error) => Some(format!("{}: {error}", path.display())),
    }
}

fn first_different_line(left: &[u8], right: &[u8]) -> usize {
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    left[..same].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::first_different_line;

    #[test]
    fn the_line_is_that_of_the_first_different_byte() {
        assert_eq!(first_different_line(b"a\nb\nc\n", b"a\nb\nd\n"), 3);
        assert_eq!(first_different_line(b"a\n", b"a\nb\n"), 2);
        assert_eq!(first_different_line(b"x", b"y"), 1);
    }
}
