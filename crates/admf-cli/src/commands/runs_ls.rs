//! `admf runs ls` lists runs in all states.

use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::runs_list::{RunsListRequest, runs_list};

pub(super) fn runs_ls(session: &Session) -> Result<Outcome, Failure> {
    let report = runs_list(&RunsListRequest { workspace: session.workspace()? })?;
    let messages = session.messages();
    for fault in &report.damaged {
        messages.warn(fault);
    }
    let is_empty = report.runs.rows.is_empty();
    session.print(&Document::table(report.runs))?;
    if is_empty {
        messages.note("no runs");
        session.next(&["run SPEC"]);
    }
    if report.incomplete > 0 {
        messages.note(
            "incomplete runs count in no result: go on with `admf run --resume RUN`, or remove them with `admf runs rm --incomplete`",
        );
    }
    Ok(Outcome::Done)
}
