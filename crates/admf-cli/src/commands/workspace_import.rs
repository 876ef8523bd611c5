//! `admf workspace import` adopts results of another program.

use super::run::short;
use super::workspace_scan;
use crate::args::workspace::WorkspaceImportArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::{Session, now};
use admf_workflow::words::counted;
use admf_workflow::workspace_import::{TermsAsked, WorkspaceImportRequest};

pub(super) fn workspace_import(
    arguments: &WorkspaceImportArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    if arguments.dry_run {
        return workspace_scan::dry_run(arguments, session);
    }
    let workspace = session.workspace()?;
    let request = WorkspaceImportRequest {
        workspace: &workspace,
        folders: arguments.folders.clone(),
        name: arguments.name.clone().unwrap_or_default(),
        terms: TermsAsked {
            bars_per_year: arguments.bars_per_year,
            interval: arguments.bar.clone(),
            in_percent: arguments.percent,
        },
        skip_broken: arguments.skip_broken,
        clock: &now,
    };
    let report = admf_workflow::workspace_import::workspace_import(&request)?;
    let messages = session.messages();
    report.notes.iter().for_each(|note| messages.note(note));
    let skipped = report.skipped.rows.len();
    if skipped > 0 {
        messages.warn(&format!("{} left out", counted(skipped, "broken entry was", "broken entries were")));
    }
    let mut document = Document::table(report.runs);
    if skipped > 0 {
        document = document.with_table("skipped", "Left out", report.skipped);
    }
    session.print(&document)?;
    if let Some(run) = report.run_ids.first() {
        let run = short(*run);
        session.next(&[
            &format!("runs show {run}"),
            &format!("analytics scan --run {run}"),
            &format!("analytics correlations {run} --of signals"),
        ]);
    }
    Ok(Outcome::Done)
}
