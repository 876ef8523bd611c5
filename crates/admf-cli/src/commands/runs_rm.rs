//! `admf runs rm` removes a run after asking.

use crate::args::runs::RunsRmArguments;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use admf_workflow::runs_remove::{RunsRemoveRequest, find, runs_remove};
use std::io::IsTerminal;

pub(super) fn runs_rm(arguments: &RunsRmArguments, session: &Session) -> Result<Outcome, Failure> {
    let request = RunsRemoveRequest { workspace: session.workspace()?, run: arguments.run.clone() };
    let run = find(&request)?;
    let what = format!("{} run {} ({}, {} strategies)", run.state, run.run_id, run.name, run.strategies);
    // The id as found, so that what was asked about is what is removed.
    let request = RunsRemoveRequest { run: run.run_id.to_string(), ..request };
    let messages = session.messages();
    if !arguments.yes {
        if !std::io::stdin().is_terminal() {
            return Err(
                Failure::usage(&format!("removing {what} needs a confirmation")).with_help("add --yes")
            );
        }
        let answer = messages.confirm(&format!("Remove {what}?"));
        if !answer.map_err(|error| Failure::failed(&format!("cannot read the answer: {error}")))? {
            messages.note("nothing was removed");
            return Ok(Outcome::Done);
        }
    }
    runs_remove(&request)?;
    messages.note(&format!("removed {what}; its trials still count"));
    Ok(Outcome::Done)
}
