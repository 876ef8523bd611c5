//! `cargo xtask demo`: from a fresh clone to a ranked table, in the folder the user stands in.

use crate::{project, setup};
use anyhow::{Result, bail};
use std::process::Command;

/// Fetches what is missing, builds `admf` and runs `admf demo`; arguments pass through.
pub(crate) fn demo(arguments: &[String]) -> Result<()> {
    setup::library()?;
    let admf = project::build_admf()?;
    let status = Command::new(&admf).arg("demo").args(arguments).status()?;
    if !status.success() {
        bail!("`admf demo` failed: {status}");
    }
    if !is_on_path() {
        eprintln!("`admf` is not on your path: here it is {}", admf.display());
    }
    Ok(())
}

/// True when the shell finds a command `admf`.
fn is_on_path() -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join("admf").is_file())
}
