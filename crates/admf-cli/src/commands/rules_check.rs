//! `admf rules check` checks a spec or an expression.

use super::run::read_text;
use crate::args::rules::RulesCheckArguments;
use crate::failure::{Failure, Outcome};
use crate::hint::quoted;
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::Cell;
use admf_workflow::rules_check::{ExpressionRequest, SpecRequest, check_expression, check_spec};
use std::path::Path;

pub(super) fn rules_check(arguments: &RulesCheckArguments, session: &Session) -> Result<Outcome, Failure> {
    let subject = arguments.subject.as_str();
    if subject == "-" || Path::new(subject).is_file() || looks_like_a_file(subject) {
        spec(subject, session)
    } else {
        expression(subject, session)
    }
}

/// A path that is not there is a mistyped file, not an expression.
fn looks_like_a_file(subject: &str) -> bool {
    let ending = Path::new(subject).extension().and_then(|e| e.to_str());
    matches!(ending, Some("yaml" | "yml")) && !subject.contains(['(', '<', '>'])
}

fn spec(path: &str, session: &Session) -> Result<Outcome, Failure> {
    let (name, text) = read_text(Path::new(path))?;
    let workspace = session.find_workspace().ok();
    let outside = workspace.is_none();
    let report = check_spec(&SpecRequest { workspace, name, text })?;
    for note in &report.notes {
        session.messages().note(note);
    }
    let facts: Facts = vec![
        ("name", report.name.as_str().into()),
        ("dataset", report.dataset.as_str().into()),
        ("classifiers", listed(&report.classifiers)),
        ("strategies", report.total.into()),
    ];
    let title = format!("Spec {}", report.name);
    session.print(&Document::facts("spec", title, facts).with_main_table(
        "strategies",
        "Strategies",
        report.strategies,
    ))?;
    if outside {
        session
            .messages()
            .warn("no workspace here: whether the dataset and its symbols exist was not checked");
    }
    if path != "-" {
        session.next(&[&format!("run {}", quoted(path))]);
    }
    Ok(Outcome::Done)
}

fn expression(text: &str, session: &Session) -> Result<Outcome, Failure> {
    let report = check_expression(&ExpressionRequest { text: text.to_owned() })?;
    let facts: Facts = vec![
        ("result", report.result.as_str().into()),
        ("canonical", report.canonical.as_str().into()),
        ("warm_up_bars", i64::from(report.warm_up_bars).into()),
        ("other_symbols", listed(&report.symbols)),
        ("regimes", listed(&report.regimes)),
    ];
    session.print(&Document::facts("expression", "Valid expression", facts))?;
    report.notes.iter().for_each(|note| session.messages().warn(note));
    Ok(Outcome::Done)
}

fn listed(names: &[String]) -> Cell {
    if names.is_empty() { Cell::Null } else { names.join(" ").into() }
}
