//! `cargo xtask bench`: the benchmarks of the workspace, optimised as a release is, against what they must reach.
//!
//! What a row must reach stands above it in its source: `// must: 50 ms`, or `// must: 4 s with 2` for one of its
//! arguments. Times depend on the machine, so that missing one is an error only with `--enforce`. With `--peers` it compares whole pieces of work with other
//! programs instead: see [`peers`].

pub(crate) mod peers;
mod report;
mod targets;

use crate::{project, setup};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

/// Compares with other programs where `--peers` asks for it, else runs `cargo bench` for the crates that have a folder
/// `benches`; other arguments than `--enforce` pass through.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--peers") {
        return peers::peers(arguments);
    }
    let enforce = arguments.iter().any(|argument| argument == "--enforce");
    let passed: Vec<&String> = arguments.iter().filter(|argument| *argument != "--enforce").collect();
    let crates = crates_with_benchmarks()?;
    if crates.is_empty() {
        bail!("no crate has benchmarks: they belong into crates/<crate>/benches");
    }
    setup::library()?;
    let packages = crates.iter().flat_map(|name| ["--package", name]);
    let mut command = project::cargo(["bench", "--benches"]);
    let mut child = command
        .args(packages)
        .args(&passed)
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo bench")?;
    let output = child.stdout.take().context("cargo bench has no output")?;
    let mut measured = report::Measured::default();
    for line in BufReader::new(output).lines() {
        let line = line.context("cannot read what cargo bench says")?;
        println!("{line}");
        measured.see(&line);
    }
    if !child.wait()?.success() {
        bail!("cargo bench failed");
    }
    let mut targets = Vec::new();
    for (file, text) in sources(&crates)? {
        targets.extend(targets::targets(&file, &text)?);
    }
    let (table, missed) = report::table(&targets, &measured);
    println!("\n{table}");
    if missed > 0 && enforce {
        bail!("{missed} of {} rows are not what they must be", targets.len());
    }
    Ok(())
}

/// The sources of benchmarks by the name of their file.
fn sources(crates: &[String]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for name in crates {
        for path in files(&project::root().join("crates").join(name).join("benches"))? {
            let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            found.push((stem.to_owned(), text));
        }
    }
    Ok(found)
}

fn crates_with_benchmarks() -> Result<Vec<String>> {
    let folders = files(&project::root().join("crates"))?.into_iter();
    let with = folders.filter(|folder| folder.join("benches").is_dir());
    Ok(with.filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned())).collect())
}

/// What is in a folder, by name.
fn files(folder: &std::path::Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
