//! `admf run` evaluates a spec.

use crate::args::RunArguments;
use crate::failure::{Failure, Outcome};
use crate::interrupt::Interrupt;
use crate::printer::{Document, Facts};
use crate::progress::Progress;
use crate::session::{Session, now};
use admf_model::RunId;
use admf_workflow::run::{RunReport, RunRequest};
use std::io::Read;
use std::path::Path;

pub(super) fn run(arguments: &RunArguments, session: &Session) -> Result<Outcome, Failure> {
    let (spec_name, spec_text) = read_text(&arguments.spec)?;
    let workspace = session.workspace()?;
    let request = RunRequest {
        workspace: &workspace,
        spec_name,
        spec_text,
        threads: arguments.threads.threads,
        clock: &now,
    };
    let mut progress = Progress::new(session.messages(), Interrupt::listen()?);
    let report = admf_workflow::run::run(&request, &mut progress);
    drop(progress);
    let report = report?;
    let run = short(report.run_id);
    let luck = report.luck.clone();
    session.print(&document(report))?;
    luck.iter().for_each(|sentence| session.messages().note(sentence));
    session.next(&[&format!("runs show {run}"), &format!("analytics scan --run {run} --top 50")]);
    Ok(Outcome::Done)
}

/// The facts of a finished run and its best strategies.
pub(super) fn document(report: RunReport) -> Document {
    let facts: Facts = vec![
        ("run_id", report.run_id.to_string().into()),
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

/// The name and contents of a text file, `-` for standard input.
pub(super) fn read_text(path: &Path) -> Result<(String, String), Failure> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        return match read {
            Ok(_) => Ok(("standard input".to_owned(), text)),
            Err(error) => Err(Failure::failed(&format!("cannot read standard input: {error}"))),
        };
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((path.display().to_string(), text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Failure::usage(&format!("there is no file {}", path.display())).with_help("check the path"))
        }
        Err(error) => Err(Failure::file("read", path, &error)),
    }
}
