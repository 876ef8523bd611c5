//! `cargo xtask demo`: from a fresh clone to a ranked table, in the folder the user stands in.

use crate::{project, setup};
use anyhow::{Result, bail};
use std::process::Command;

/// Fetches what is missing, builds `admf` and runs `admf demo`; arguments pass through.
pub(crate) fn demo(arguments: &[String]) -> Result<()> {
    setup::library()?;
    let admf = project::build_admf()?;
    // The exit code of the demo is its own message; there is nothing to add but that it failed.
    let status = Command::new(&admf).arg("demo").args(arguments).status()?;
    if !status.success() {
        bail!("`admf demo` failed: {status}");
    }
    Ok(())
}
