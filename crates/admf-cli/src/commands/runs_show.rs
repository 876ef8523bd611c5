//! `admf runs show` shows a finished run, or one strategy of it.

mod stored;
mod strategy;

use super::run::{BEST, short};
use crate::args::Format;
use crate::args::runs::RunsShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::{Cell, Execution, Fill};
use admf_workflow::runs_show::{RunsShowReport, RunsShowRequest};

pub(super) fn runs_show(arguments: &RunsShowArguments, session: &Session) -> Result<Outcome, Failure> {
    let of_strategy =
        !arguments.strategy.is_empty() || arguments.table.is_some() || !arguments.chart.is_empty();
    if of_strategy {
        return strategy::show(arguments, session);
    }
    let request =
        RunsShowRequest { workspace: session.workspace()?, run: arguments.run.clone(), limit: arguments.top };
    let report = admf_workflow::runs_show::runs_show(&request)?;
    if report.metadata.total_strategies == 1 && session.format() == Format::Table {
        // Its page says more than a ranking of one.
        return strategy::show(arguments, session);
    }
    for note in &report.notes {
        session.messages().warn(note);
    }
    let run = short(report.metadata.run_id);
    let luck = report.luck.clone();
    session.print(&document(report))?;
    luck.iter().for_each(|sentence| session.messages().note(sentence));
    session.next(&[
        &format!("runs show {run} @best"),
        &format!("analytics scan --run {run} --sort deflated_sharpe"),
    ]);
    Ok(Outcome::Done)
}

fn document(report: RunsShowReport) -> Document {
    let mut document =
        Document::facts("run", format!("Run {}", short(report.metadata.run_id)), facts(&report))
            .with_main_table("strategies", BEST, report.strategies)
            .with_table("types", "Types of strategies", report.types);
    if let Some(best) = &report.best {
        let id = &best.strategy_id.to_string()[..8];
        if !report.regimes.rows.is_empty() {
            document =
                document.with_table("regimes", format!("Best strategy {id} by regime"), report.regimes);
        }
        if !report.parameters.rows.is_empty() {
            let title = format!(
                "Parameters of {}: mean Sharpe ratio at the best and the worst value",
                best.strategy_type
            );
            document = document.with_table("parameters", title, report.parameters);
        }
    }
    document
}

fn facts(report: &RunsShowReport) -> Facts {
    let run = &report.metadata;
    let facts = &run.facts;
    let count = |n: u64| Cell::from(usize::try_from(n).unwrap_or(usize::MAX));
    let mut all: Facts = vec![
        ("run_id", run.run_id.to_string().into()),
        ("name", facts.name.as_str().into()),
        ("workflow", facts.workflow_type.as_str().into()),
        ("dataset", facts.dataset.as_str().into()),
        ("content_hash", facts.dataset_hash.to_string().into()),
        ("symbols", facts.symbols.join(" ").into()),
        ("from", facts.start_date.to_string().into()),
        ("to", facts.end_date.to_string().into()),
        ("bars", told(facts.total_bars > 0, facts.total_bars)),
        ("bar_interval", facts.bar_interval.as_str().into()),
        ("bars_per_year", told(facts.bars_per_year > 0.0, facts.bars_per_year)),
    ];
    all.extend(report.execution.as_ref().map(terms).into_iter().flatten());
    all.extend([
        ("commission", facts.commission_model.as_str().into()),
        ("slippage", facts.slippage_model.as_str().into()),
        ("strategies", count(run.total_strategies)),
        ("trades", count(run.total_trades)),
        ("family", facts.family.as_str().into()),
        ("trials_counted", count(run.trials)),
        ("engine", facts.engine_version.as_str().into()),
        ("created_at", run.wall_clock.created_at.to_string().into()),
        ("seconds", (run.wall_clock.elapsed_ms as f64 / 1000.0).into()),
    ]);
    all
}

/// A number that an imported run may not tell.
pub(super) fn told(is_told: bool, number: impl Into<Cell>) -> Cell {
    if is_told { number.into() } else { "unknown".into() }
}

/// When orders are filled, at which prices, with how much money.
fn terms(execution: &Execution) -> Facts {
    let fill = match execution.fill {
        Fill::NextOpen => "next_open",
        Fill::SameClose => "same_close",
    };
    let mut terms: Facts = vec![
        ("fill", fill.into()),
        ("prices", execution.prices.name().into()),
        ("capital", execution.capital.into()),
    ];
    if execution.whole_units {
        terms.push(("whole_units", true.into()));
    }
    if execution.close_at_end {
        terms.push(("close_at_end", true.into()));
    }
    if execution.costs.borrow_rate > 0.0 {
        terms.push(("borrow_rate", execution.costs.borrow_rate.into()));
    }
    terms
}
