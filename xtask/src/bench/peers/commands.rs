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

/// Runs that are listed.
const RUNS: usize = 10_000;

/// Measures the released program; a tiny comparison runs few strategies with the program as tests build it.
pub(super) fn compare(scale: Scale) -> Result<Section> {
    let mut section = Section::default();
    let admf = built(scale)?;
    let version = project::output(Command::new(&admf).arg("--version"))?;
    let version = String::from_utf8(version)?.trim().trim_start_matches("admf ").to_owned();
    section.versions.insert("admf".to_owned(), json!(version));
    let folder = places::scratch("commands")?;
    let outcome = measure(&mut section, scale, &Program { admf: &admf, folder: &folder });
    fs::remove_dir_all(&folder)?;
    outcome.map(|()| section)
}

/// The program: `ADMF_BENCH` names one that was built before.
fn built(scale: Scale) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("ADMF_BENCH") {
        return Ok(path.into());
    }
    let mut arguments = vec!["build", "--package", "admf-cli", "--message-format=json-render-diagnostics"];
    if scale != Scale::Tiny {
        arguments.push("--release");
    }
    let output = project::output(&mut project::cargo(arguments))?;
    let lines = output.split(|byte| *byte == b'\n');
    let messages = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let mut built = messages.filter_map(|message| {
        let wanted = message["target"]["kind"][0] == "bin" && message["target"]["name"] == "admf";
        wanted.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
    });
    built.next().context("cargo built no program `admf`")
}

/// The program and where it works.
#[derive(Clone, Copy)]
struct Program<'a> {
    admf: &'a Path,
    folder: &'a Path,
}

impl Program<'_> {
    fn command(self, words: &[&str]) -> Command {
        let mut command = Command::new(self.admf);
        command.args(words).current_dir(self.folder).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

fn measure(section: &mut Section, scale: Scale, program: &Program<'_>) -> Result<()> {
    let sample = prices::sample();
    let sample = sample.to_str().context("the path of the sample is not UTF-8")?;
    let spec = fs::read_to_string(places::scripts().join("million.yaml"))?;
    let spec = if scale == Scale::Tiny { tiny(&spec)? } else { spec };
    let mut run = Sample::default();
    for left in (0..if scale == Scale::Tiny { 1 } else { 3 }).rev() {
        eprintln!("a run of many strategies");
        // Each in a workspace of its own, where nothing was tried before.
        project::run(&mut program.command(&["init", "--quiet"]))?;
        project::run(&mut program.command(&["data", "import", sample, "--as", "sp500", "--quiet"]))?;
        fs::write(program.folder.join("million.yaml"), &spec)?;
        once(&mut run, &mut program.command(&["run", "million.yaml", "--progress", "none"]))?;
        if left > 0 {
            fs::remove_dir_all(program.folder)?;
            fs::create_dir(program.folder)?;
        }
    }
    let peak = run.peak_bytes().unwrap_or(u64::MAX);
    let work =
        "`admf run`: 1,000,000 strategies (rsi levels × trend windows) × 5,031 bars, all metrics stored";
    section.rows.push(told(work, &run, (20.0, "≤ 20 s")));
    section.rows.push(Row::bounded(
        "its memory at the peak, all of the process",
        (Must::AtMost(2e9), "≤ 2 GB"),
        (peak as f64, megabytes(peak)),
    ));
    section.samples.insert("run".to_owned(), run.json());
    let (times, runs) = match scale {
        Scale::Tiny => (1, 20),
        Scale::Whole { rounds } => (rounds * 3, RUNS),
    };
    let scan = ["analytics", "scan", "--min-sharpe", "0.3", "--max-drawdown", "0.4", "--min-trades", "60"];
    repeat(1, || program.command(&scan))?;
    let scans = repeat(times, || program.command(&scan))?;
    section.rows.push(told("`admf analytics scan` with three filters over them", &scans, (0.3, "≤ 300 ms")));
    section.samples.insert("scan".to_owned(), scans.json());
    eprintln!("many runs");
    repeated_runs(&program.folder.join("runs"), runs)?;
    let list = ["runs", "ls"];
    repeat(1, || program.command(&list))?;
    let lists = repeat(times, || program.command(&list))?;
    section.rows.push(told("`admf runs ls` with 10,000 runs", &lists, (0.2, "≤ 200 ms")));
    section.samples.insert("runs ls".to_owned(), lists.json());
    section.notes.push(
        "The scan is asked in a workspace of this one run. The runs that are listed are copies of its metadata.".to_owned(),
    );
    Ok(())
}

fn told(work: &str, sample: &Sample, (bound, must): (f64, &str)) -> Row {
    let reached = (sample.median(), seconds(sample.median()));
    Row::bounded(work, (Must::AtMost(bound), must), reached).ours(sample.shown())
}

/// The spec with a grid of a few strategies.
fn tiny(spec: &str) -> Result<String> {
    let (before, _) = spec.split_once("    grid:").context("the spec has no grid")?;
    Ok(format!("{before}    grid: {{n: 2..3, low: 20..22, high: 60..61, trend: 20..40 step 20}}\n"))
}

/// Makes as many runs as are wanted of the one that is there, as far as listing them reads: their metadata.
fn repeated_runs(runs: &Path, wanted: usize) -> Result<()> {
    let folders = fs::read_dir(runs)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    let run = folders.iter().find(|path| path.join("metadata.json").is_file()).context("there is no run")?;
    let name = run.file_name().and_then(|name| name.to_str()).context("a run's name is text")?;
    let metadata = fs::read_to_string(run.join("metadata.json"))?;
    for number in 1..wanted {
        let id = format!("{:016x}", (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let folder = runs.join(&id);
        fs::create_dir(&folder)?;
        fs::write(folder.join("metadata.json"), metadata.replace(name, &id))?;
    }
    Ok(())
}

/// Runs a command so often.
fn repeat(times: usize, mut command: impl FnMut() -> Command) -> Result<Sample> {
    let mut sample = Sample::default();
    for _ in 0..times {
        once(&mut sample, &mut command())?;
    }
    Ok(sample)
}

/// Runs a command and adds how long it took to a sample.
fn once(sample: &mut Sample, command: &mut Command) -> Result<()> {
    let start = Instant::now();
    let mut child = command.spawn().context("cannot start admf")?;
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
    sample.push(&json!({"seconds": took, "peak_bytes": peak}))
}

/// The most memory that a process has had.
fn highest(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}
