//! `execution:` and `metrics:` fills, capital and the basis of annualised numbers.

use super::SpecProblem;
use admf_model::{Execution, Fill};
use admf_rules::yaml::Node;

pub(super) fn read(node: Option<&Node>) -> Result<Execution, SpecProblem> {
    let mut execution = Execution::DEFAULT;
    let Some(node) = node else { return Ok(execution) };
    let map =
        node.mapping("a map of execution settings", &["fill", "capital", "whole_units", "close_at_end"])?;
    if let Some(fill) = map.get("fill") {
        execution.fill = match fill.text()? {
            "next_open" => Fill::NextOpen,
            "same_close" => Fill::SameClose,
            _ => return Err(fill.expected("next_open or same_close").into()),
        };
    }
    if let Some(capital) = map.get("capital") {
        execution.capital = capital.number()?;
        if execution.capital <= 0.0 {
            return Err(SpecProblem::new(capital.span, "`capital` must be above 0"));
        }
    }
    if let Some(node) = map.get("whole_units") {
        execution.whole_units = node.truth()?;
    }
    if let Some(node) = map.get("close_at_end") {
        execution.close_at_end = node.truth()?;
    }
    Ok(execution)
}

/// Reads rates into the execution; gives bars per year, if the spec overrides them.
pub(super) fn read_metrics(
    node: Option<&Node>,
    execution: &mut Execution,
) -> Result<Option<f64>, SpecProblem> {
    let Some(node) = node else { return Ok(None) };
    let keys = ["risk_free", "minimum_acceptable_return", "bars_per_year"];
    let map = node.mapping("a map of settings for metrics", &keys)?;
    execution.risk_free = rate(map.get("risk_free"), "risk_free")?;
    execution.minimum_acceptable_return =
        rate(map.get("minimum_acceptable_return"), "minimum_acceptable_return")?;
    let Some(node) = map.get("bars_per_year") else { return Ok(None) };
    let bars = node.number()?;
    if bars <= 0.0 {
        return Err(SpecProblem::new(node.span, "`bars_per_year` must be above 0, such as 252"));
    }
    Ok(Some(bars))
}

/// A yearly rate; it may be negative.
fn rate(node: Option<&Node>, key: &str) -> Result<f64, SpecProblem> {
    let Some(node) = node else { return Ok(0.0) };
    let value = node.number()?;
    if value.abs() < 1.0 {
        return Ok(value);
    }
    let message = format!("`{key}` is {value}: it is a fraction per year, 0.02 is 2 %");
    Err(SpecProblem::new(node.span, message))
}
