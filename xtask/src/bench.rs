//! `cargo xtask bench`: the benchmarks of the workspace, optimised as a release is.

use crate::{project, setup};
use anyhow::{Context, Result, bail};
use std::fs;

/// Runs `cargo bench` for the crates that have a folder `benches`; arguments pass through.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    let crates = crates_with_benchmarks()?;
    if crates.is_empty() {
        bail!("no crate has benchmarks: they belong into crates/<crate>/benches");
    }
    setup::library()?;
    let packages = crates.iter().flat_map(|name| ["--package", name]);
    let mut command = project::cargo(["bench", "--benches"]);
    project::run(command.args(packages).args(arguments))
}

fn crates_with_benchmarks() -> Result<Vec<String>> {
    let folder = project::root().join("crates");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("benches").is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}
