//! `admf data show` shows a dataset.

use crate::args::data::DataShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_workflow::data_show::DataShowRequest;

pub(super) fn data_show(arguments: &DataShowArguments, session: &Session) -> Result<Outcome, Failure> {
    let request = DataShowRequest { workspace: session.workspace()?, dataset: arguments.name.clone() };
    let report = admf_workflow::data_show::data_show(&request)?;
    let facts: Facts = vec![
        ("dataset", report.name.as_str().into()),
        ("version", report.content_hash.to_string().into()),
        ("family", report.family.into()),
        ("interval", report.interval.into()),
        ("times", report.bar_time.into()),
        ("calendar", report.calendar.into()),
        ("imported", report.imported_at.to_string().into()),
        ("folder", report.folder.display().to_string().into()),
    ];
    let mut document = Document::facts("dataset", format!("Dataset {}", report.name), facts)
        .with_main_table("symbols", "Symbols", report.symbols)
        .with_table("files", "Imported files", report.sources);
    if !report.flags.rows.is_empty() {
        document = document.with_table("flags", "Flagged bars", report.flags);
    }
    if report.versions.rows.len() > 1 {
        document = document.with_table("versions", "Versions, the current one first", report.versions);
    }
    session.print(&document)?;
    Ok(Outcome::Done)
}
