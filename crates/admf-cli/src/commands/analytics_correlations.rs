//! `admf analytics correlations` shows which strategies of a run do the same.

use super::run::short;
use crate::args::analytics::{CorrelatedSeries, CorrelationsArguments};
use crate::args::values::Top;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::Sheet;
use admf_model::words::{counted, grouped};
use admf_workflow::correlations::{CorrelationsReport, CorrelationsRequest, Of, correlations};

pub(super) fn analytics_correlations(
    arguments: &CorrelationsArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let request = CorrelationsRequest {
        workspace: session.workspace()?,
        run: arguments.run.clone(),
        of: match arguments.of {
            CorrelatedSeries::Returns => Of::Returns,
            CorrelatedSeries::Signals => Of::Signals,
        },
        strategy: arguments.strategy.clone(),
        min_correlation: arguments.min_correlation,
        limit: match arguments.top {
            Top::First(limit) => Some(limit as usize),
            Top::All => None,
        },
        strategies: arguments.strategies as usize,
        threads: session.preferences().threads,
        memory: session.preferences().memory,
    };
    let report = if request.limit.is_none() {
        // There may be millions of pairs: what else there is to say follows in a sentence.
        let mut rows = session.stream()?;
        let report = correlations(&request, &mut rows)?;
        rows.finish()?;
        report
    } else {
        let mut pairs = Sheet::new([]);
        let report = correlations(&request, &mut pairs)?;
        session.print(&document(&request, &report, pairs))?;
        report
    };
    say(&request, &report, session);
    Ok(Outcome::Done)
}

fn say(request: &CorrelationsRequest, report: &CorrelationsReport, session: &Session) {
    let messages = session.messages();
    report.notes.iter().for_each(|note| messages.warn(note));
    let count = |n: usize| grouped(n as u64);
    if let Some(effective) = report.effective_number {
        messages.note(&format!(
            "{} amount to {effective:.1} independent ones; {} different, in {} correlated by {} or more on average",
            counted(report.strategies, "strategy", "strategies"),
            counted(report.distinct, "is", "are"),
            counted(report.cluster_count, "cluster that is", "clusters that are"),
            request.min_correlation
        ));
    }
    if report.undefined > 0 {
        messages.note(&format!(
            "{} no correlations",
            counted(report.undefined, "strategy never varied and has", "strategies never varied and have")
        ));
    }
    match report.pairs {
        Some(pairs) if pairs > report.shown => {
            messages.note(&format!("{} of {} pairs shown; --top N shows more", report.shown, count(pairs)));
        }
        None => messages.note(&format!(
            "{} shown of very many; --top N shows more",
            counted(report.shown, "pair", "pairs")
        )),
        Some(_) => {}
    }
}

fn document(request: &CorrelationsRequest, report: &CorrelationsReport, pairs: Sheet) -> Document {
    let facts: Facts = vec![
        ("run_id", report.run_id.to_string().into()),
        ("of", request.of.name().into()),
        ("strategies", report.strategies.into()),
        ("distinct", report.distinct.into()),
        ("effective_number", report.effective_number.into()),
        ("mean_correlation", report.mean_correlation.into()),
        ("undefined", report.undefined.into()),
        ("left_out", report.left_out.into()),
        ("min_correlation", request.min_correlation.into()),
        ("clusters", report.cluster_count.into()),
        ("pairs", report.pairs.into()),
        ("cached", report.cached.into()),
    ];
    let title = format!("Correlations of {} in run {}", request.of.name(), short(report.run_id));
    let mut document = Document::facts("correlations", title, facts);
    document = document.with_main_table("pairs", "Closest pairs of different strategies", pairs);
    if !report.clusters.rows.is_empty() {
        let title = "Largest clusters, each with its best strategy";
        document = document.with_table("largest_clusters", title, report.clusters.clone());
    }
    if !report.identical.rows.is_empty() {
        let title = "Largest groups of identical strategies";
        document = document.with_table("identical", title, report.identical.clone());
    }
    document
}
