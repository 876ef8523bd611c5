//! `admf runs diff` compares two runs.

use super::run::short;
use crate::args::runs::RunsDiffArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::Cell;
use admf_model::words::counted;
use admf_workflow::runs_diff::{RunsDiffReport, RunsDiffRequest};

pub(super) fn runs_diff(arguments: &RunsDiffArguments, session: &Session) -> Result<Outcome, Failure> {
    let request = RunsDiffRequest {
        workspace: session.workspace()?,
        first: arguments.first.clone(),
        second: arguments.second.clone(),
        limit: arguments.top as usize,
    };
    let report = admf_workflow::runs_diff::runs_diff(&request)?;
    for note in &report.notes {
        session.messages().warn(note);
    }
    let is_same = report.is_same();
    let shown = report.strategies.rows.len() as u64;
    let changed = report.changed;
    session.print(&document(report))?;
    let messages = session.messages();
    if changed > shown {
        let changed =
            counted(usize::try_from(changed).unwrap_or(usize::MAX), "changed strategy", "changed strategies");
        messages.note(&format!("{shown} of {changed} shown; --top N shows more"));
    }
    if is_same {
        messages.note("no differences: the second run repeats the first");
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Differs)
}

fn document(report: RunsDiffReport) -> Document {
    let count = |n: u64| Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let is_same = report.is_same();
    let (first, second) = (short(report.first.run_id), short(report.second.run_id));
    let facts: Facts = vec![
        ("first", report.first.run_id.to_string().into()),
        ("second", report.second.run_id.to_string().into()),
        ("same", is_same.into()),
        ("strategies_in_both", count(report.common)),
        ("on_other_terms", count(report.on_other_terms)),
        ("only_in_first", count(report.only_in_first)),
        ("only_in_second", count(report.only_in_second)),
        ("strategies_changed", count(report.changed)),
    ];
    let mut document = Document::facts("diff", format!("Runs {first} and {second}"), facts);
    if !report.settings.rows.is_empty() {
        document = document.with_table("settings", "What they say differently", report.settings);
    }
    if !report.spec.rows.is_empty() {
        document = document.with_table("spec", "Keys of their specs with other values", report.spec);
    }
    document = document.with_table("types", "Strategies by type", report.types);
    if !report.metrics.rows.is_empty() {
        document = document.with_table("metrics", "Metrics that changed", report.metrics);
    }
    document.with_main_table("strategies", "Strategies that changed most", report.strategies)
}
