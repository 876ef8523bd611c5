//! `admf init` makes a folder a workspace.

use crate::args::InitArguments;
use crate::failure::{Failure, Outcome};
use crate::hint;
use crate::session::Session;
use admf_workflow::init::InitRequest;
use std::path::Path;

pub(super) fn init(arguments: &InitArguments, session: &Session) -> Result<Outcome, Failure> {
    let report = admf_workflow::init::init(&InitRequest { folder: arguments.folder.clone() })?;
    let messages = session.messages();
    messages.note(&format!("{} is a workspace now", report.workspace.root().display()));
    if let Some(outer) = report.inside {
        messages.warn(&format!(
            "it lies inside the workspace {}: commands in it use the inner one",
            outer.display()
        ));
    }
    messages.note("a spec is a YAML file: docs/spec.md in the source says how to write one");
    // A folder elsewhere is not what the next command finds from here.
    let elsewhere = Some(arguments.folder.as_path()).filter(|folder| *folder != Path::new("."));
    let next = ["data import FILE… --as NAME", "rules check SPEC", "run SPEC"];
    messages.next(&next.map(|words| hint::command(elsewhere, words)));
    Ok(Outcome::Done)
}
