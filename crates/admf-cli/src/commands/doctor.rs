//! `admf doctor` checks machine and workspace.

use crate::args::DoctorArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::progress::counted;
use crate::session::Session;
use admf_workflow::doctor::DoctorRequest;

pub(super) fn doctor(arguments: &DoctorArguments, session: &Session) -> Result<Outcome, Failure> {
    let DoctorArguments { full, repair } = *arguments;
    let request = DoctorRequest { workspace: session.find_workspace(), full, repair };
    let report = admf_workflow::doctor::doctor(request);
    session.print(&Document::table(report.checks))?;
    let failed = counted(report.failed, "check failed", "checks failed");
    let warned = counted(report.warned, "warning", "warnings");
    session.messages().note(&match (report.failed, report.warned) {
        (0, 0) => "all is well".to_owned(),
        (0, _) => warned,
        (_, 0) => failed,
        _ => format!("{failed}, {warned}"),
    });
    Ok(if report.failed > 0 { Outcome::CheckFailed } else { Outcome::Done })
}
