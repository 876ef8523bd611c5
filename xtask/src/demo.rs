//! `cargo xtask demo`: from a fresh clone to a ranked table, in the folder the user stands in.

use crate::{project, setup};
use anyhow::{Result, bail};
use std::process::Command;

/// Fetches what is missing, builds `admf` and runs `admf demo`; arguments pass through.
pub(crate) fn demo(arguments: &[String]) -> Result<()> {
    setup::library()?;
    let admf = project::build_admf()?;
    // Inside the clone the program is an alias of cargo's, whether or not it is on the path.
    let status =
        Command::new(&admf).arg("demo").args(arguments).env("ADMF_PROGRAM", "cargo admf").status()?;
    if !status.success() {
        bail!("`admf demo` failed: {status}");
    }
    Ok(())
}
