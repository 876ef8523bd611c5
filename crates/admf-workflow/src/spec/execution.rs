//! `execution:` and `metrics:` fills, capital and the basis of annualised numbers.

use super::{SpecProblem, keys};
use admf_model::{Execution, Fill};
use admf_rules::yaml::{Fields, Node};

pub(super) fn read(node: Option<&Node>, problems: &mut Vec<SpecProblem>) -> Execution {
    const EXPECTED: &str = "a map of execution settings";
    let mut execution = Execution::DEFAULT;
    let fields = node.and_then(|node| Fields::read(node, EXPECTED, &[&keys::EXECUTION], problems));
    let Some(fields) = fields else { return execution };
    execution.fill = match fields.text("fill") {
        Some("same_close") => Fill::SameClose,
        _ => Fill::NextOpen,
    };
    execution.capital = fields.number("capital").unwrap_or(execution.capital);
    execution.whole_units = fields.truth("whole_units").unwrap_or(execution.whole_units);
    execution.close_at_end = fields.truth("close_at_end").unwrap_or(execution.close_at_end);
    execution
}

/// Reads rates into the execution; gives bars per year, if the spec overrides them.
pub(super) fn read_metrics(
    node: Option<&Node>,
    execution: &mut Execution,
    problems: &mut Vec<SpecProblem>,
) -> Option<f64> {
    const EXPECTED: &str = "a map of settings for metrics";
    let fields = Fields::read(node?, EXPECTED, &[&keys::METRICS], problems)?;
    execution.risk_free = fields.number("risk_free").unwrap_or(execution.risk_free);
    let acceptable = fields.number("minimum_acceptable_return");
    execution.minimum_acceptable_return = acceptable.unwrap_or(execution.minimum_acceptable_return);
    fields.number("bars_per_year")
}
