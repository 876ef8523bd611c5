//! `admf runs show RUN STRATEGY` of an imported run: what is stored.

use super::super::run::short;
use super::told;
use crate::args::runs::{RunsShowArguments, StrategyTable};
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_workflow::runs_show::StoredStrategyReport;

pub(super) fn show(
    arguments: &RunsShowArguments,
    report: StoredStrategyReport,
    session: &Session,
) -> Result<Outcome, Failure> {
    let run = short(report.metadata.run_id);
    let not_there = |what: &str| {
        let message = format!("run {run} was imported from another program: it has no {what}");
        Failure::usage(&message).with_help("--table signals and --table regimes are stored")
    };
    if !arguments.chart.is_empty() {
        return Err(not_there("chart, because its equity is not known"));
    }
    let document = match arguments.table {
        None => document(report),
        Some(StrategyTable::Signals) => Document::table(report.signals),
        Some(StrategyTable::Regimes) => Document::table(report.regimes),
        Some(_) => return Err(not_there("such table")),
    };
    session.print(&document)?;
    session
        .messages()
        .note("as its source reported it: the run was imported, and nothing was computed again");
    Ok(Outcome::Done)
}

fn document(report: StoredStrategyReport) -> Document {
    let strategy = &report.strategy;
    let mut facts: Facts = vec![
        ("strategy_id", strategy.strategy_id.to_string().into()),
        ("source", strategy.rule.as_str().into()),
        ("strategy_type", strategy.strategy_type.as_str().into()),
        ("symbol", strategy.symbol.as_str().into()),
        ("parameters", strategy.parameters.0.as_str().into()),
        ("run", report.metadata.facts.name.as_str().into()),
        ("bars", told(strategy.evaluated_bars > 0, strategy.evaluated_bars)),
        ("signal_changes", strategy.signal_changes.into()),
    ];
    // By their names, so that each is written in its unit.
    facts.extend(report.metrics.into_iter().map(|(name, value)| (name, value.into())));
    let id = strategy.strategy_id.to_string();
    let mut document = Document::facts("strategy", format!("Strategy {}", &id[..8]), facts);
    if !report.regimes.rows.is_empty() {
        document = document.with_table("regimes", "By regime", report.regimes);
    }
    document
}
