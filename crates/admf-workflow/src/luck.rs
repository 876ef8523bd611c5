//! What luck alone would show: how to read the deflated Sharpe ratios of a run, in words.

use crate::words::grouped;
use admf_model::{Cell, Performance};
use admf_store::database::{Database, DatabaseError, SqlValue};
use admf_store::run::RunMetadata;

/// A sentence on what the deflated ratios mean, and one on what they do not count where there is something.
pub(crate) fn of_run(
    database: &mut impl Database,
    metadata: &RunMetadata,
) -> Result<Vec<String>, DatabaseError> {
    if metadata.facts.is_adopted() {
        let reason = "deflated_sharpe is undefined: it needs skewness and kurtosis of returns, and the run was imported \
                      with the metrics that its source reports";
        return Ok(vec![reason.to_owned()]);
    }
    let run = SqlValue::Text(metadata.run_id.to_string());
    let sheet = database.rows(include_str!("luck/uncounted.sql"), &[run])?;
    let uncounted = match sheet.rows.first().and_then(|row| row.first()) {
        Some(Cell::Integer(n)) => u64::try_from(*n).unwrap_or(0),
        _ => 0,
    };
    let facts = &metadata.facts;
    Ok(sentences(metadata.trials, metadata.expected_maximum_sharpe, facts.bars_per_year, uncounted))
}

/// What luck would show beside one strategy of a run.
pub(crate) fn of_strategy(metadata: &RunMetadata, performance: &Performance) -> String {
    let attempts = grouped(metadata.trials);
    let expected =
        metadata.expected_maximum_sharpe.map(|per_bar| per_bar * metadata.facts.bars_per_year.sqrt());
    match (performance.deflated_sharpe, performance.sharpe_ratio, expected) {
        (Some(deflated), Some(sharpe), Some(luck)) => format!(
            "the best of {attempts} attempts would show a Sharpe ratio of about {luck:.2} by luck alone; this one shows \
             {sharpe:.2}, which is better than that with a probability of {:.1}% (deflated_sharpe)",
            deflated * 100.0
        ),
        (_, None, _) => "without a Sharpe ratio nothing can be said about luck".to_owned(),
        _ => format!("{attempts} attempts are not enough to say what luck would show"),
    }
}

/// `expected` is the ratio per bar that luck would show; `uncounted` strategies of the run are no trials.
fn sentences(trials: u64, expected: Option<f64>, bars_per_year: f64, uncounted: u64) -> Vec<String> {
    let attempts = grouped(trials);
    let meaning = match expected.map(|per_bar| per_bar * bars_per_year.sqrt()) {
        Some(sharpe) => format!(
            "deflated_sharpe is the probability that a strategy is better than the best of {attempts} attempts would \
             be by luck; luck alone would show a Sharpe ratio of about {sharpe:.2} here"
        ),
        None => format!(
            "deflated_sharpe is undefined: luck is measured by how attempts differ, and {attempts} that traded {} not \
             enough for it",
            if trials == 1 { "is" } else { "are" }
        ),
    };
    let left_out = match uncounted {
        0 => None,
        1 => Some("1 strategy never traded or has no Sharpe ratio and is not counted".to_owned()),
        n => Some(format!(
            "{} strategies never traded or have no Sharpe ratio and are not counted",
            grouped(n)
        )),
    };
    std::iter::once(meaning).chain(left_out).collect()
}

#[cfg(test)]
mod tests;
