//! `admf rules show` shows a definition of the library.

use crate::args::rules::RulesShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_workflow::rules_show::{RulesShowReport, RulesShowRequest};

pub(super) fn rules_show(arguments: &RulesShowArguments, session: &Session) -> Result<Outcome, Failure> {
    let report = admf_workflow::rules_show::rules_show(&RulesShowRequest { name: arguments.name.clone() })?;
    let name = report.name.clone();
    session.print(&document(report))?;
    if session.is_read() {
        session.next(&[&format!("rules show {name} > my_{name}.yaml   to start from it")]);
    }
    Ok(Outcome::Done)
}

fn document(report: RulesShowReport) -> Document {
    let facts: Facts = vec![
        ("kind", report.kind.into()),
        ("what_it_does", report.what_it_does.into()),
        ("when_it_fails", report.when_it_fails.into()),
        ("reference", report.reference.into()),
    ];
    let mut document = Document::facts("rule", format!("{}: {}", report.name, report.title), facts)
        .with_table("rules", "Rules", report.rules);
    if !report.parameters.rows.is_empty() {
        document = document.with_table("parameters", "Parameters", report.parameters);
    }
    document.with_exported_text("definition", report.source.to_owned())
}
