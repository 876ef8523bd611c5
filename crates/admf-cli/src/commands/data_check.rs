//! `admf data check` says what is wrong with a dataset; `admf data import --check-only` with files.

use super::data_import::reading;
use crate::args::Format;
use crate::args::data::{DataCheckArguments, DataImportArguments};
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::{Session, now};
use admf_workflow::data_check::{
    DataCheckReport, DataCheckRequest, FilesCheckRequest, data_check as check, files_check, rules,
};

pub(super) fn data_check(arguments: &DataCheckArguments, session: &Session) -> Result<Outcome, Failure> {
    let Some(dataset) = &arguments.name else {
        let rules = rules();
        session.print(&match session.format() {
            Format::Table => Document::blocks(&rules, session.width()),
            _ => Document::table(rules),
        })?;
        return Ok(Outcome::Done);
    };
    let request = DataCheckRequest { workspace: session.workspace()?, dataset: dataset.clone() };
    let report = check(&request)?;
    print(report, arguments.strict, session)
}

/// Checks files and keeps nothing.
pub(super) fn check_files(arguments: &DataImportArguments, session: &Session) -> Result<Outcome, Failure> {
    let report = files_check(FilesCheckRequest {
        files: arguments.files.clone(),
        name: arguments.name.clone(),
        bars_per_year: arguments.bars_per_year,
        reading: reading(arguments),
        rejects: arguments.rejects.clone(),
        now: now(),
    })?;
    for note in &report.notes {
        session.messages().note(note);
    }
    print(report, arguments.strict, session)
}

fn print(report: DataCheckReport, strict: bool, session: &Session) -> Result<Outcome, Failure> {
    let flagged = usize::try_from(report.flagged).unwrap_or(usize::MAX);
    let failed = report.rejected > 0 || strict && flagged > 0;
    let listed = report.findings.rows.len();
    let found = report.rejected.saturating_add(flagged);
    let facts: Facts = vec![
        ("dataset", report.name.as_str().into()),
        ("version", report.content_hash.into()),
        ("interval", report.interval.into()),
        ("calendar", report.calendar.into()),
        ("bars", report.bars.into()),
        ("rejected_rows", report.rejected.into()),
        ("flagged", flagged.into()),
    ];
    let mut document = Document::facts("dataset", format!("Dataset {}", report.name), facts)
        .with_table("symbols", "Symbols", report.symbols)
        .with_table("files", "Files", report.sources);
    if found > 0 {
        document = document.with_table("counts", "Found, by rule", report.counts);
    }
    session.print(&document.with_main_table("findings", "Findings", report.findings))?;
    match found {
        0 => session.messages().note("nothing is rejected or flagged"),
        _ => session.messages().note(&format!("what the rules mean: `{}`", session.command("data check"))),
    }
    if listed < found {
        session.messages().note(&format!("{listed} of {found} findings are listed; all are counted"));
    }
    Ok(if failed { Outcome::BadData } else { Outcome::Done })
}
