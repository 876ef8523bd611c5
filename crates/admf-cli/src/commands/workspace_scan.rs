//! `admf workspace scan` looks at metadata alone; `admf workspace import --dry-run` is the same before an import.

use crate::args::workspace::{WorkspaceImportArguments, WorkspaceScanArguments};
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::words::{counted, grouped};
use admf_workflow::workspace_scan::{Scanned, WorkspaceScanRequest};

pub(super) fn workspace_scan(
    arguments: &WorkspaceScanArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let scanned = if arguments.folders.is_empty() {
        Scanned::Workspace(session.workspace()?)
    } else {
        Scanned::Folders(arguments.folders.clone())
    };
    let request = WorkspaceScanRequest { scanned, limit: arguments.top, min_sharpe: arguments.min_sharpe };
    scan(&request, session).map(|_| Outcome::Done)
}

/// What an import would adopt. Only metadata is read, so an import may still find that data is broken.
pub(super) fn dry_run(arguments: &WorkspaceImportArguments, session: &Session) -> Result<Outcome, Failure> {
    let scanned = Scanned::Folders(arguments.folders.clone());
    let problems = scan(&WorkspaceScanRequest { scanned, limit: arguments.top, min_sharpe: None }, session)?;
    session.messages().note("nothing was written, and no signals were opened");
    Ok(if problems == 0 { Outcome::Done } else { Outcome::BadData })
}

/// Prints what is found and tells how much could not be read.
fn scan(request: &WorkspaceScanRequest, session: &Session) -> Result<usize, Failure> {
    /// Problems that are told; the others are counted.
    const TOLD: usize = 10;
    let report = admf_workflow::workspace_scan::workspace_scan(request)?;
    let messages = session.messages();
    for problem in report.problems.iter().take(TOLD) {
        messages.warn(problem);
    }
    if report.problems.len() > TOLD {
        messages.warn(&format!("and {} more problems", grouped((report.problems.len() - TOLD) as u64)));
    }
    let runs = report.runs.rows.len();
    let (shown, matching) = (report.strategies.rows.len(), report.matching);
    let document = Document::table(report.strategies).with_table("runs", "Runs", report.runs);
    session.print(&document)?;
    let strategies = counted(report.seen, "strategy", "strategies");
    let shown = if shown < matching {
        format!("; {shown} of {} are shown", grouped(matching as u64))
    } else {
        String::new()
    };
    messages.note(&format!("{strategies} of {}{shown}", counted(runs, "run", "runs")));
    Ok(report.problems.len())
}
