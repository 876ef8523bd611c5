//! `admf rules show` shows a definition of the library.

use crate::args::rules::RulesShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_workflow::rules_show::{Portrait, RulesShowReport, RulesShowRequest};
use admf_workflow::words::grouped;

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
    let portrait = &report.portrait;
    let mut facts: Facts = vec![
        ("kind", report.kind.into()),
        ("what_it_does", report.what_it_does.into()),
        ("when_it_fails", report.when_it_fails.into()),
        ("warm_up_bars", i64::from(portrait.warm_up_bars).into()),
    ];
    if !report.is_classifier {
        facts.push(("evaluated", portrait.pace.to_string().into()));
    }
    facts.push(("reference", report.reference.into()));
    let snippet = format!("In a spec{}:\n\n{}", sets(portrait), indented(&portrait.snippet));
    let mut document = Document::facts("rule", format!("{}: {}", report.name, report.title), facts)
        .with_table("rules", "Rules", report.rules);
    for (key, title, sheet) in
        [("parameters", "Parameters", report.parameters), ("others", "Other symbols", report.others)]
    {
        if !sheet.rows.is_empty() {
            document = document.with_table(key, title, sheet);
        }
    }
    document.with_text("snippet", snippet).with_exported_text("definition", report.source.to_owned())
}

/// How much work the snippet is.
fn sets(portrait: &Portrait) -> String {
    match portrait.suggested_sets {
        0 | 1 => String::new(),
        sets => format!(", {} parameter sets", grouped(sets as u128)),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
