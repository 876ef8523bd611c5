//! `admf runs rm` removes runs after asking.

use crate::args::runs::RunsRmArguments;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use admf_workflow::runs_remove::{RunsRemoveReport, RunsRemoveRequest, find, incomplete, runs_remove};
use admf_workflow::words::counted;
use std::io::IsTerminal;

pub(super) fn runs_rm(arguments: &RunsRmArguments, session: &Session) -> Result<Outcome, Failure> {
    let workspace = session.workspace()?;
    let request = |run: &str| RunsRemoveRequest { workspace: workspace.clone(), run: run.to_owned() };
    let messages = session.messages();
    // All are found before the first is removed: a mistyped id removes nothing.
    let runs = if arguments.incomplete {
        incomplete(&workspace)?
    } else {
        let mut found = Vec::new();
        for run in &arguments.runs {
            let run = find(&request(run))?;
            if !found.contains(&run) {
                found.push(run);
            }
        }
        found
    };
    if runs.is_empty() {
        messages.note("no incomplete runs");
        return Ok(Outcome::Done);
    }
    if !arguments.yes && !is_confirmed(&runs, session)? {
        messages.note("nothing was removed");
        return Ok(Outcome::Done);
    }
    for run in &runs {
        // The id as found, so that what was asked about is what is removed.
        runs_remove(&request(&run.run_id.to_string()))?;
        messages.note(&format!("removed {}; its trials still count", described(run)));
    }
    Ok(Outcome::Done)
}

fn described(run: &RunsRemoveReport) -> String {
    if run.name.is_empty() {
        return format!("{} run {}", run.state, run.run_id);
    }
    let strategies = counted(usize::try_from(run.strategies).unwrap_or(usize::MAX), "strategy", "strategies");
    format!("{} run {} ({}, {strategies})", run.state, run.run_id, run.name)
}

fn is_confirmed(runs: &[RunsRemoveReport], session: &Session) -> Result<bool, Failure> {
    let messages = session.messages();
    let what = match runs {
        [one] => described(one),
        several => {
            several.iter().for_each(|run| messages.note(&described(run)));
            format!("these {}", counted(several.len(), "run", "runs"))
        }
    };
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(&format!("removing {what} needs a confirmation")).with_help("add --yes"));
    }
    let answer = messages.confirm(&format!("Remove {what}?"));
    answer.map_err(|error| Failure::failed(&format!("cannot read the answer: {error}")))
}
