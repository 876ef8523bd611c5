//! `admf init` makes a folder a workspace.

use crate::args::InitArguments;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use admf_workflow::init::InitRequest;

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
    messages.next(&["admf data import FILE… --as NAME", "admf run SPEC"]);
    Ok(Outcome::Done)
}
