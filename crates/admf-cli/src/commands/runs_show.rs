//! `admf runs show` shows a finished run.

use super::run::{BEST, short};
use crate::args::runs::RunsShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::Cell;
use admf_workflow::runs_show::{RunsShowReport, RunsShowRequest};

pub(super) fn runs_show(arguments: &RunsShowArguments, session: &Session) -> Result<Outcome, Failure> {
    let request =
        RunsShowRequest { workspace: session.workspace()?, run: arguments.run.clone(), limit: arguments.top };
    let report = admf_workflow::runs_show::runs_show(&request)?;
    for note in &report.notes {
        session.messages().warn(note);
    }
    let run = short(report.metadata.run_id);
    let luck = report.luck.clone();
    session.print(&document(report))?;
    luck.iter().for_each(|sentence| session.messages().note(sentence));
    session.next(&[&format!("analytics scan --run {run} --sort deflated_sharpe")]);
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
    vec![
        ("run_id", run.run_id.to_string().into()),
        ("name", facts.name.as_str().into()),
        ("workflow", facts.workflow_type.as_str().into()),
        ("dataset", facts.dataset.as_str().into()),
        ("content_hash", facts.dataset_hash.to_string().into()),
        ("symbols", facts.symbols.join(" ").into()),
        ("from", facts.start_date.to_string().into()),
        ("to", facts.end_date.to_string().into()),
        ("bars", facts.total_bars.into()),
        ("bar_interval", facts.bar_interval.as_str().into()),
        ("bars_per_year", facts.bars_per_year.into()),
        ("commission", facts.commission_model.as_str().into()),
        ("slippage", facts.slippage_model.as_str().into()),
        ("strategies", count(run.total_strategies)),
        ("trades", count(run.total_trades)),
        ("family", facts.family.as_str().into()),
        ("trials_counted", count(run.trials)),
        ("engine", facts.engine_version.as_str().into()),
        ("created_at", run.wall_clock.created_at.to_string().into()),
        ("seconds", (run.wall_clock.elapsed_ms as f64 / 1000.0).into()),
    ]
}
