//! `cargo xtask book [ARG…]`: the book in `docs/` as pages for a browser, by mdBook.

use crate::project;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that the pages were looked at with.
const VERSION: &str = "0.5.4";

/// Builds the book into the target folder; arguments go to mdBook, as in `--open`.
pub(crate) fn book(arguments: &[String]) -> Result<()> {
    let here = std::env::current_exe().context("cannot tell where xtask itself is")?;
    let target = here.ancestors().nth(2).context("xtask does not lie in a target folder")?;
    let pages = target.join("book");
    let mdbook = program(target)?;
    project::run(
        Command::new(mdbook).arg("build").args(arguments).arg("--dest-dir").arg(&pages).arg(book_folder()),
    )?;
    println!("{}", pages.join("index.html").display());
    Ok(())
}

/// The installed mdBook where it has the version, else our own, compiled once.
fn program(target: &Path) -> Result<PathBuf> {
    let is_right = |program: &Path| {
        let version = Command::new(program).arg("--version").output();
        version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(VERSION))
    };
    let root = target.join("mdbook");
    let own = root.join("bin").join("mdbook");
    let installed = PathBuf::from("mdbook");
    if is_right(&installed) {
        return Ok(installed);
    }
    if !is_right(&own) {
        let wanted = ["install", "mdbook", "--locked", "--no-default-features", "--features", "search"];
        project::run(project::cargo(wanted).args(["--version", VERSION, "--root"]).arg(&root))?;
    }
    Ok(own)
}

fn book_folder() -> PathBuf {
    project::root().join("docs")
}
