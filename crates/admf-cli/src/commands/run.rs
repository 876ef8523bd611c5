//! `admf run` evaluates a spec.

use crate::args::run::RunArguments;
use crate::failure::{Failure, Outcome};
use crate::interrupt::Interrupt;
use crate::printer::{Document, Facts};
use crate::progress::Progress;
use crate::session::{Session, now};
use admf_model::RunId;
use admf_workflow::WorkflowError;
use admf_workflow::run::estimate::{Estimate, EstimateRequest, estimate};
use admf_workflow::run::{ResumeRequest, RunReport, RunRequest};
use std::io::Read;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &RunArguments, session: &Session) -> Result<Outcome, Failure> {
    if arguments.dry_run {
        return dry_run(arguments, session);
    }
    let (workspace, threads) = (session.workspace()?, session.preferences().threads);
    let listen = || {
        Ok::<_, Failure>(Progress::new(
            session.messages(),
            Interrupt::listen()?,
            session.preferences().progress,
        ))
    };
    let report = match &arguments.resume {
        Some(run) => {
            let request = ResumeRequest { workspace: &workspace, run: run.clone(), threads, clock: &now };
            admf_workflow::run::resume(&request, &mut listen()?)
        }
        None => {
            let (spec_name, spec_text) = read_text(spec(arguments))?;
            let request = RunRequest { workspace: &workspace, spec_name, spec_text, threads, clock: &now };
            admf_workflow::run::run(&request, &mut listen()?)
        }
    };
    let report = report.map_err(|error| stopped(error, session))?;
    let run = short(report.run_id);
    let (idle_types, idle, luck) = (report.idle_types.clone(), report.idle.clone(), report.luck.clone());
    session.print(&document(report))?;
    idle_types.iter().for_each(|sentence| session.messages().warn(sentence));
    idle.iter().chain(&luck).for_each(|sentence| session.messages().note(sentence));
    session.next(&[&format!("runs show {run}"), &format!("analytics scan --run {run} --top 50")]);
    Ok(Outcome::Done)
}

/// The spec; clap lets nobody through without one unless a run is resumed.
fn spec(arguments: &RunArguments) -> &Path {
    arguments.spec.as_deref().unwrap_or_else(|| Path::new("-"))
}

/// An interrupted run says how to go on, from where the user stands.
fn stopped(error: WorkflowError, session: &Session) -> Failure {
    let resume = match &error {
        WorkflowError::Interrupted { run, evaluated: 1.., .. } => {
            Some(session.command(&format!("run --resume {}", short(*run))))
        }
        _ => None,
    };
    let failure = Failure::from(error);
    match resume {
        Some(command) => failure.with_help(format!("go on with `{command}`")),
        None => failure,
    }
}

fn dry_run(arguments: &RunArguments, session: &Session) -> Result<Outcome, Failure> {
    let (spec_name, spec_text) = read_text(spec(arguments))?;
    let workspace = session.workspace()?;
    let threads = session.preferences().threads;
    let request = EstimateRequest { workspace: &workspace, spec_name, spec_text, threads, clock: &now };
    let messages = session.messages();
    let mut progress = Progress::new(messages, Interrupt::listen()?, session.preferences().progress);
    let estimate = estimate(&request, &mut progress)?;
    drop(progress);
    let sampled = estimate.sampled;
    let (seconds, disk) = (estimate.seconds, estimate.disk_bytes as f64 / 1e6);
    let memory = estimate.memory_bytes as f64 / 1e6;
    let too_large = estimate.free_bytes.is_some_and(|free| free < estimate.disk_bytes);
    session.print(&estimate_document(estimate))?;
    if too_large {
        messages.warn("the disk has less room than the run is expected to need");
    }
    messages.note(&format!(
        "nothing was written; about {seconds:.1} s, {disk:.1} MB of disk and {memory:.0} MB of memory, estimated from a \
         sample of {sampled}"
    ));
    let path = arguments.spec.clone().unwrap_or_else(|| PathBuf::from("-"));
    session.next(&[&format!("run {}", crate::hint::quoted(&path.display().to_string()))]);
    Ok(Outcome::Done)
}

fn estimate_document(estimate: Estimate) -> Document {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let stored = match (estimate.keeps_trades, estimate.keeps_signals) {
        (true, true) => "metrics, trades and signals",
        (true, false) => "metrics and trades",
        (false, true) => "metrics and signals",
        (false, false) => "metrics alone",
    };
    let facts: Facts = vec![
        ("run_id", estimate.run_id.to_string().into()),
        ("name", estimate.name.into()),
        ("data", estimate.data.into()),
        ("fills", estimate.fills.into()),
        ("strategies", estimate.strategies.into()),
        ("duplicates", estimate.duplicates.into()),
        ("strategies_times_bars", count(estimate.evaluated_bars).into()),
        ("indicators", estimate.indicators.into()),
        ("stored", stored.into()),
        ("family", estimate.family.into()),
        ("trials_before", count(estimate.trials_before).into()),
        ("trials_at_most", count(estimate.trials_at_most).into()),
        ("threads", estimate.threads.into()),
        ("seconds", estimate.seconds.into()),
        ("disk_bytes", count(estimate.disk_bytes).into()),
        ("free_bytes", estimate.free_bytes.map(count).into()),
        ("memory_bytes", count(estimate.memory_bytes).into()),
    ];
    let title = format!("Run {}, not started", short(estimate.run_id));
    Document::facts("estimate", title, facts).with_main_table(
        "entries",
        "Entries of the spec",
        estimate.entries,
    )
}

/// The facts of a finished run and its best strategies.
pub(super) fn document(report: RunReport) -> Document {
    let facts: Facts = vec![
        ("run_id", report.run_id.to_string().into()),
        ("name", report.name.into()),
        ("data", report.data.into()),
        ("fills", report.fills.into()),
        ("commission", report.commission.into()),
        ("slippage", report.slippage.into()),
        ("strategies", report.strategies.into()),
        ("duplicates", report.duplicates.into()),
        ("family", report.family.into()),
        ("trials", usize::try_from(report.trials).unwrap_or(usize::MAX).into()),
        ("seconds", (report.elapsed_ms as f64 / 1000.0).into()),
    ];
    let title = format!("Run {}", short(report.run_id));
    Document::facts("run", title, facts).with_main_table("strategies", BEST, report.best)
}

/// Heading of a ranking.
pub(super) const BEST: &str = "Best strategies by Sharpe ratio";

/// The first digits of a run's id: enough to name it.
pub(super) fn short(run: RunId) -> String {
    let mut id = run.to_string();
    id.truncate(8);
    id
}

/// Most that is read of a text file, in bytes: more than any that is written by hand.
const LONGEST_TEXT: u64 = 64 << 20;

/// The name and contents of a text file, `-` for standard input.
pub(super) fn read_text(path: &Path) -> Result<(String, String), Failure> {
    if path.as_os_str() == "-" {
        return text("standard input".to_owned(), std::io::stdin().lock());
    }
    if path.is_dir() {
        let message = format!("{} is a folder", path.display());
        return Err(Failure::usage(&message).with_help("name the file in it"));
    }
    match std::fs::File::open(path) {
        Ok(file) => text(path.display().to_string(), file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Failure::usage(&format!("there is no file {}", path.display())).with_help("check the path"))
        }
        Err(error) => Err(Failure::file("read", path, &error)),
    }
}

/// All of a text that ends.
fn text(name: String, from: impl Read) -> Result<(String, String), Failure> {
    let mut bytes = Vec::new();
    let read = from.take(LONGEST_TEXT + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::file("read", Path::new(&name), &error))?;
    if bytes.len() as u64 > LONGEST_TEXT {
        let limit = LONGEST_TEXT >> 20;
        return Err(Failure::data(&format!("{name} is longer than {limit} MiB: that is no text to be read")));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
            let message = format!("{name}, line {line}: this is no text in UTF-8");
            Err(Failure::data(&message).with_help("save the file as UTF-8"))
        }
    }
}
