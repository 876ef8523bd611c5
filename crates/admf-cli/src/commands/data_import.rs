//! `admf data import` imports price files and prints the receipt.

use crate::args::data::DataImportArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::progress::counted;
use crate::session::{Session, now};
use admf_workflow::data_import::reading::ReadingArguments;
use admf_workflow::data_import::{DataImportReport, DataImportRequest};
use std::path::Path;

pub(super) fn data_import(arguments: &DataImportArguments, session: &Session) -> Result<Outcome, Failure> {
    if arguments.check_only {
        return super::data_check::check_files(arguments, session);
    }
    let request = DataImportRequest {
        workspace: session.workspace()?,
        files: arguments.files.clone(),
        name: arguments.name.clone().unwrap_or_default(),
        family: arguments.family.clone(),
        bars_per_year: arguments.bars_per_year,
        reading: reading(arguments),
        rejects: arguments.rejects.clone(),
        now: now(),
    };
    let report = admf_workflow::data_import::data_import(request)?;
    let name = report.name.clone();
    for note in &report.notes {
        session.messages().note(note);
    }
    for warning in &report.warnings {
        session.messages().warn(warning);
    }
    if !session.writes_all_parts() {
        session.messages().note(&outcome(&report));
    }
    if report.rejected > 0 {
        session.messages().warn(&rejected(&report, arguments.rejects.as_deref()));
    }
    let flagged = report.flagged;
    session.print(&receipt(report))?;
    let check = format!("data check {name}");
    if flagged > 0 {
        let bars = counted_flags(flagged);
        session
            .messages()
            .note(&format!("{bars} flagged: stored as they stood; `{}` lists them", session.command(&check)));
    }
    session.next(&[&format!("data show {name}"), "run SPEC"]);
    Ok(Outcome::Done)
}

/// What the arguments say about the files.
pub(super) fn reading(arguments: &DataImportArguments) -> ReadingArguments {
    let reading = &arguments.reading;
    ReadingArguments {
        dialect: reading.dialect.clone(),
        columns: reading.columns.clone(),
        encoding: reading.encoding.clone(),
        date_format: reading.date_format.clone(),
        zone: reading.zone.clone(),
        decimal: reading.decimal.clone(),
        stamps: reading.stamps.clone(),
        interval: reading.bar.clone(),
    }
}

fn counted_flags(flagged: u64) -> String {
    counted(usize::try_from(flagged).unwrap_or(usize::MAX), "finding is", "findings are")
}

/// The outcome in a line, for formats that hold the symbols only.
fn outcome(report: &DataImportReport) -> String {
    let DataImportReport { name, outcome, content_hash, bars, .. } = report;
    let symbols = counted(report.symbols.rows.len(), "symbol", "symbols");
    let bars = counted(*bars, "bar", "bars");
    format!("dataset {name}: {outcome}, version {content_hash}, {bars} of {symbols}")
}

fn rejected(report: &DataImportReport, list: Option<&Path>) -> String {
    let rows = counted(report.rejected, "row was", "rows were");
    match list.or(report.reject_file.as_deref()) {
        Some(file) => format!("{rows} not imported; all are listed in {}", file.display()),
        None => format!("{rows} not imported"),
    }
}

/// What was imported, by symbol.
pub(super) fn receipt(report: DataImportReport) -> Document {
    let facts: Facts = vec![
        ("dataset", report.name.as_str().into()),
        ("version", report.content_hash.to_string().into()),
        ("outcome", report.outcome.into()),
        ("family", report.family.into()),
        ("interval", report.interval.into()),
        ("calendar", report.calendar.into()),
        ("bars", report.bars.into()),
        ("empty_rows", usize::try_from(report.skipped).unwrap_or(usize::MAX).into()),
        ("rejected_rows", report.rejected.into()),
        ("flagged", usize::try_from(report.flagged).unwrap_or(usize::MAX).into()),
        ("folder", report.folder.display().to_string().into()),
    ];
    let document = Document::facts("dataset", format!("Dataset {}", report.name), facts).with_main_table(
        "symbols",
        "Symbols",
        report.symbols,
    );
    let mut document = document.with_table("files", "Files", report.sources);
    if !report.flags.rows.is_empty() {
        document = document.with_table("flags", "Flagged", report.flags);
    }
    if report.rejects.rows.is_empty() {
        return document;
    }
    let title = match report.rejects.rows.len() {
        shown if shown < report.reject_reasons => {
            format!("Rejected rows: the {shown} most frequent of {} reasons", report.reject_reasons)
        }
        _ => "Rejected rows".to_owned(),
    };
    document.with_table("rejects", title, report.rejects)
}
