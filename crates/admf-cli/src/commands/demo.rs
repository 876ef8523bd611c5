//! `admf demo` builds and sweeps the sample workspace.

use super::run;
use crate::args::DemoArguments;
use crate::failure::{Failure, Outcome};
use crate::interrupt::Interrupt;
use crate::progress::{Progress, counted};
use crate::session::{Session, now};
use admf_workflow::demo::DemoRequest;
use std::path::PathBuf;

pub(super) fn demo(arguments: &DemoArguments, session: &Session) -> Result<Outcome, Failure> {
    let messages = session.messages();
    let request =
        DemoRequest { folder: arguments.into.clone(), threads: arguments.threads.threads, clock: &now };
    messages.note(&format!("workspace {}", arguments.into.display()));
    let mut progress = Progress::new(messages, Interrupt::listen()?);
    let mut imported = |receipt: &admf_workflow::data_import::DataImportReport| {
        let symbols = counted(receipt.symbols.rows.len(), "symbol", "symbols");
        messages.note(&format!(
            "dataset {}: {symbols}, {} bars, {}",
            receipt.name, receipt.bars, receipt.outcome
        ));
    };
    let report = admf_workflow::demo::demo(&request, &mut imported, &mut progress);
    drop(progress);
    let report = report?;
    session.print(&run::document(report.run))?;
    let folder = arguments.into.display().to_string();
    let commands: Vec<String> = report.next.iter().map(|words| command(&folder, words)).collect();
    messages.next(&commands.iter().map(String::as_str).collect::<Vec<_>>());
    Ok(Outcome::Done)
}

/// A command that works wherever the user stands.
fn command(folder: &str, words: &[String]) -> String {
    let words = words.iter().map(|word| quoted(word));
    let all = [program(), "-w".to_owned(), quoted(folder)].into_iter().chain(words);
    all.collect::<Vec<_>>().join(" ")
}

/// This program as the user has to call it: as whoever started it says in `ADMF_PROGRAM`, else by its path when it was
/// called by one, which may not be where the shell looks.
fn program() -> String {
    if let Ok(program) = std::env::var("ADMF_PROGRAM") {
        return program;
    }
    let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    if called.components().count() < 2 {
        return "admf".to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    match called.strip_prefix(&here) {
        Ok(below) if below.components().count() > 1 => quoted(&below.display().to_string()),
        _ => quoted(&called.display().to_string()),
    }
}

/// As a shell wants it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@:=,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains('\'') {
        format!("\"{word}\"")
    } else {
        format!("'{word}'")
    }
}
