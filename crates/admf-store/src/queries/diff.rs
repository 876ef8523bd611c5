//! `diff_counts.sql` and `diff_metrics.sql`: what two runs have in common and where it differs.

use crate::database::{Database, DatabaseError};
use admf_model::{METRICS, Metric, RowSink, RunId, Sheet};

/// One row per type: `strategy_type`, `only_in_first`, `only_in_second`, `in_both`, and of these those with other costs
/// or another execution: `in_both_on_other_terms`. Strategies are the same when rule, parameters and symbol are.
pub fn diff_counts(db: &mut dyn Database, first: RunId, second: RunId) -> Result<Sheet, DatabaseError> {
    db.rows(include_str!("diff_counts.sql"), &[first.to_string().into(), second.to_string().into()])
}

/// The metrics that [`diff_metrics`] compares: all but the deflated Sharpe ratio, which depends on what else was tried
/// by the time a run finished.
pub fn compared_metrics() -> impl Iterator<Item = &'static Metric> + Clone {
    METRICS.iter().filter(|metric| metric.name != "deflated_sharpe")
}

/// Strategies of both runs with a metric that is not the same to the last bit, in the order of their ids: `strategy_id`,
/// `strategy_type`, `symbol`, `parameters`, `other_strategy_id` in the second run, then for each of [`compared_metrics`] its value in the first and in the
/// second run.
pub fn diff_metrics(
    db: &mut dyn Database,
    first: RunId,
    second: RunId,
    sink: &mut dyn RowSink,
) -> Result<(), DatabaseError> {
    let both = |metric: &Metric| format!("a.{0} AS {0}, b.{0} AS other_{0}", metric.name);
    let differs = |metric: &Metric| format!("a.{0} IS DISTINCT FROM b.{0}", metric.name);
    let metrics: Vec<String> = compared_metrics().map(both).collect();
    let differences: Vec<String> = compared_metrics().map(differs).collect();
    let sql = include_str!("diff_metrics.sql")
        .replace("{metrics}", &metrics.join(",\n    "))
        .replace("{differences}", &differences.join("\n        OR "));
    db.stream(&sql, &[first.to_string().into(), second.to_string().into()], sink)
}
