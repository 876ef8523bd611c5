//! Whole commands as a user types them: a run of a million strategies, and questions to what it stored.

use super::sample::{Sample, megabytes, seconds};
use super::section::{Must, Row, Section};
use super::{Scale, places, prices};
use crate::project;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often memory is looked at while a command runs.
const LOOK: Duration = Duration::from_millis(20);

/// Measures the released program; a tiny comparison does not build it.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let Scale::Whole { rounds } = scale else { return Ok(section) };
    let admf = released()?;
    let version = project::output(Command::new(&admf).arg("--version"))?;
    let version = String::from_utf8(version)?.trim().trim_start_matches("admf ").to_owned();
    section.versions.insert("admf".to_owned(), json!(version));
    let folder = places::scratch("commands")?;
    let outcome = measure(&mut section, rounds, &admf, &folder);
    fs::remove_dir_all(&folder)?;
    outcome.map(|()| section)
}

/// The program as it is released: `ADMF_BENCH` names one that was built before.
fn released() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("ADMF_BENCH") {
        return Ok(path.into());
    }
    let arguments =
        ["build", "--release", "--package", "admf-cli", "--message-format=json-render-diagnostics"];
    let output = project::output(&mut project::cargo(arguments))?;
    let lines = output.split(|byte| *byte == b'\n');
    let messages = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let mut built = messages.filter_map(|message| {
        let wanted = message["target"]["kind"][0] == "bin" && message["target"]["name"] == "admf";
        wanted.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
    });
    built.next().context("cargo built no program `admf`")
}

fn measure(section: &mut Section, rounds: usize, admf: &Path, folder: &Path) -> Result<()> {
    let command = |words: &[&str]| {
        let mut command = Command::new(admf);
        command.args(words).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    let sample = prices::sample();
    let sample = sample.to_str().context("the path of the sample is not UTF-8")?;
    project::run(&mut command(&["init", "--quiet"]))?;
    project::run(&mut command(&["data", "import", sample, "--as", "sp500", "--quiet"]))?;
    fs::copy(places::scripts().join("million.yaml"), folder.join("million.yaml"))?;
    eprintln!("a run of a million strategies");
    let run = repeat(1, || command(&["run", "million.yaml", "--progress", "none"]))?;
    let peak = run.peak_bytes().unwrap_or(u64::MAX);
    section.rows.push(
        Row::bounded(
            "`admf run`: 1,000,000 strategies (rsi levels × trend windows) × 5,031 bars, all metrics stored",
            (Must::AtMost(20.0), "≤ 20 s"),
            (run.median(), seconds(run.median())),
        )
        .ours(run.shown()),
    );
    section.rows.push(Row::bounded(
        "its memory at the peak, all of the process",
        (Must::AtMost(2e9), "≤ 2 GB"),
        (peak as f64, megabytes(peak)),
    ));
    section.samples.insert("run".to_owned(), run.json());
    let scan = ["analytics", "scan", "--min-sharpe", "0.3", "--max-drawdown", "0.4", "--min-trades", "60"];
    repeat(1, || command(&scan))?;
    let scans = repeat(rounds * 3, || command(&scan))?;
    section.rows.push(
        Row::bounded(
            "`admf analytics scan` with three filters over them",
            (Must::AtMost(0.3), "≤ 300 ms"),
            (scans.median(), seconds(scans.median())),
        )
        .ours(scans.shown()),
    );
    section.samples.insert("scan".to_owned(), scans.json());
    Ok(())
}

/// Runs a command so often.
fn repeat(times: usize, mut command: impl FnMut() -> Command) -> Result<Sample> {
    let mut sample = Sample::default();
    for _ in 0..times {
        let start = Instant::now();
        let mut child = command().spawn().context("cannot start admf")?;
        let mut peak = None;
        let status = loop {
            // The peak of a process that has ended cannot be read any more.
            peak = peak.max(highest(child.id()));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(if start.elapsed() < LOOK { Duration::from_millis(1) } else { LOOK });
        };
        let took = start.elapsed().as_secs_f64();
        if !status.success() {
            bail!("admf failed: {status}");
        }
        sample.push(&json!({"seconds": took, "peak_bytes": peak}))?;
    }
    Ok(sample)
}

/// The most memory that a process has had.
fn highest(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}
