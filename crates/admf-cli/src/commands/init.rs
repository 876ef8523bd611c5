//! `admf init` makes a folder a workspace, empty or with an example.

use crate::args::InitArguments;
use crate::failure::{Failure, Outcome};
use crate::hint;
use crate::printer::Document;
use crate::session::{Session, now};
use admf_workflow::data_import::DataImportReport;
use admf_workflow::example::{self, ExampleRequest};
use admf_workflow::init::{InitReport, InitRequest};
use admf_workflow::words::{counted, grouped};
use std::path::Path;

pub(super) fn init(arguments: &InitArguments, session: &Session) -> Result<Outcome, Failure> {
    match &arguments.example {
        _ if arguments.examples => session.print(&Document::table(example::examples()))?,
        Some(name) => with_example(arguments, name, session)?,
        None => empty(arguments, session)?,
    }
    Ok(Outcome::Done)
}

fn empty(arguments: &InitArguments, session: &Session) -> Result<(), Failure> {
    let report = admf_workflow::init::init(&InitRequest { folder: arguments.folder.clone() })?;
    tell(&report, session);
    session.messages().note("a spec is a YAML file: docs/spec.md in the source says how to write one, `admf init --examples` lists some");
    // A folder elsewhere is not what the next command finds from here.
    let elsewhere = elsewhere(arguments);
    let next = ["data import FILE… --as NAME", "rules check SPEC", "run SPEC"];
    session.messages().next(&next.map(|words| hint::command(elsewhere, words)));
    Ok(())
}

fn with_example(arguments: &InitArguments, name: &str, session: &Session) -> Result<(), Failure> {
    let messages = session.messages();
    let request = ExampleRequest { example: name.to_owned(), folder: arguments.folder.clone(), now: now() };
    let report = example::example(&request)?;
    tell(&report.init, session);
    report.imported.iter().for_each(|receipt| messages.note(&imported(receipt)));
    match &report.written[..] {
        [] => messages.note("all files of the example are there already"),
        files => messages.note(&format!("wrote {}", files.join(", "))),
    }
    messages.note(&format!("README.md: {}", report.example.title()));
    // Files of the example are named as they are from its folder.
    let enter =
        elsewhere(arguments).map(|folder| format!("cd {}", hint::quoted(&folder.display().to_string())));
    let first = hint::command(None, report.example.first);
    messages.next(&enter.into_iter().chain([first]).collect::<Vec<_>>());
    Ok(())
}

/// A line on a dataset that comes with the program.
pub(super) fn imported(receipt: &DataImportReport) -> String {
    let symbols = counted(receipt.symbols.rows.len(), "symbol", "symbols");
    format!(
        "dataset {}: {symbols}, {} bars, {}",
        receipt.name,
        grouped(receipt.bars as u128),
        receipt.outcome
    )
}

fn tell(report: &InitReport, session: &Session) {
    let messages = session.messages();
    messages.note(&format!("{} is a workspace now", report.workspace.root().display()));
    if let Some(outer) = &report.inside {
        messages.warn(&format!(
            "it lies inside the workspace {}: commands in it use the inner one",
            outer.display()
        ));
    }
}

fn elsewhere(arguments: &InitArguments) -> Option<&Path> {
    Some(arguments.folder.as_path()).filter(|folder| *folder != Path::new("."))
}
