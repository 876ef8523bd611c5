//! ADMF's side: examples of the crates, optimised as a release is.

use super::Scale;
use super::worker::Worker;
use crate::project;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A crate's example.
#[derive(Clone, Copy)]
pub(super) struct Example {
    package: &'static str,
    name: &'static str,
}

/// Sweeps and indicators.
pub(super) const SWEEPS: Example = Example { package: "admf-engine", name: "compare_sweeps" };
/// Imports of prices.
pub(super) const IMPORTS: Example = Example { package: "admf-store", name: "compare_imports" };
/// Questions to the tables.
pub(super) const SCANS: Example = Example { package: "admf-duckdb", name: "compare_scans" };

/// Starts an example; a tiny comparison takes it as tests build it.
pub(super) fn start(scale: Scale, example: Example, topic: &str, file: &Path) -> Result<Worker> {
    let example = build(scale, example)?;
    Worker::start("ADMF", Command::new(example).arg(topic).arg(file))
}

/// Builds it and asks cargo where it is.
fn build(scale: Scale, Example { package, name }: Example) -> Result<PathBuf> {
    let mut command = project::cargo([
        "build",
        "--package",
        package,
        "--example",
        name,
        "--message-format=json-render-diagnostics",
    ]);
    if scale != Scale::Tiny {
        command.arg("--release");
    }
    // What cargo says for people goes to standard error with this format too.
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the example `{name}` of {package} could not be built");
    }
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let path = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok()).find_map(|message| {
        let wanted = message["target"]["name"] == name && message["target"]["kind"][0] == "example";
        wanted.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
    });
    path.with_context(|| format!("cargo built no example `{name}` of {package}"))
}
