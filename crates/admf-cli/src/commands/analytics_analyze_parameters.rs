//! `admf analytics analyze-parameters` shows what the values of parameters went with.

use super::run::short;
use crate::args::analytics::AnalyzeParametersArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::Cell;
use admf_workflow::analyze_parameters::{
    AnalyzeParametersReport, AnalyzeParametersRequest, Best, ParameterAnswer, analyze_parameters,
};

pub(super) fn analytics_analyze_parameters(
    arguments: &AnalyzeParametersArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let request = AnalyzeParametersRequest {
        workspace: session.workspace()?,
        run: arguments.run.clone(),
        strategy: arguments.strategy.clone(),
        parameters: arguments.parameter.clone(),
        metric: arguments.metric.clone(),
    };
    let report = analyze_parameters(&request)?;
    for note in &report.notes {
        session.messages().warn(note);
    }
    let reading = report.reading.clone();
    session.print(&document(report))?;
    reading.iter().for_each(|sentence| session.messages().note(sentence));
    Ok(Outcome::Done)
}

fn document(report: AnalyzeParametersReport) -> Document {
    let run = short(report.metadata.run_id);
    let (kind, metric) = (report.strategy_type.as_str(), report.metric.name);
    let mut facts: Facts = vec![
        ("run_id", report.metadata.run_id.to_string().into()),
        ("strategy_type", kind.into()),
        ("metric", metric.into()),
        ("strategies", Cell::Integer(i64::try_from(report.strategies).unwrap_or(i64::MAX))),
    ];
    match report.answer {
        ParameterAnswer::Overview(sheet) => {
            Document::facts("analysis", format!("Parameters of {kind} in run {run}"), facts).with_main_table(
                "parameters",
                format!("Best value of each parameter by mean {metric}"),
                sheet,
            )
        }
        ParameterAnswer::One { parameter, origin, values, by_symbol, verdict } => {
            facts.push(("parameter", parameter.as_str().into()));
            facts.push(("source", origin.name().into()));
            facts.extend(verdict.map(best_facts).into_iter().flatten());
            let title = format!("{parameter} of {kind} in run {run}");
            let document = Document::facts("analysis", title, facts).with_main_table(
                "values",
                format!("{metric} by value of {parameter}"),
                values,
            );
            if by_symbol.rows.is_empty() {
                return document;
            }
            document.with_table("by_symbol", format!("Mean {metric} by symbol"), by_symbol)
        }
        ParameterAnswer::Two { rows, columns, means } => {
            facts.push(("rows", rows.as_str().into()));
            facts.push(("columns", columns.as_str().into()));
            Document::facts("analysis", format!("{rows} and {columns} of {kind} in run {run}"), facts)
                .with_main_table("means", format!("Mean {metric}"), means)
        }
    }
}

fn best_facts(best: Best) -> Facts {
    vec![
        ("best_value", best.value.into()),
        ("best_mean", best.mean.into()),
        ("neighbours_mean", best.neighbours.into()),
        ("sensitivity", best.sensitivity.into()),
        ("deviation", best.deviation.into()),
        ("shape", best.shape.name().into()),
        ("best_is_at_edge", best.at_edge.into()),
    ]
}
