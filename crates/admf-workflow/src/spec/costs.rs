//! `costs:` what trading costs.

use super::SpecProblem;
use admf_model::{Costs, Slippage};
use admf_rules::yaml::Node;

pub(super) fn read(node: Option<&Node>) -> Result<Costs, SpecProblem> {
    let Some(node) = node else { return Ok(Costs::DEFAULT) };
    let keys = ["commission", "commission_per_fill", "commission_per_unit", "slippage", "borrow_rate"];
    let map = node.mapping("a map of costs", &keys)?;
    let rate = |key: &str, default: f64| fraction(map.get(key), key, default);
    let money = |key: &str| match map.get(key) {
        None => Ok(0.0),
        Some(node) => {
            let value = node.number()?;
            if value < 0.0 {
                return Err(SpecProblem::new(
                    node.span,
                    format!("`{key}` is {value}: money paid is not negative"),
                ));
            }
            Ok(value)
        }
    };
    Ok(Costs {
        commission: rate("commission", Costs::DEFAULT.commission)?,
        commission_per_fill: money("commission_per_fill")?,
        commission_per_unit: money("commission_per_unit")?,
        slippage: slippage(map.get("slippage"))?,
        borrow_rate: rate("borrow_rate", 0.0)?,
    })
}

/// A fraction from 0 up to, not including, 1.
pub(super) fn fraction(node: Option<&Node>, key: &str, default: f64) -> Result<f64, SpecProblem> {
    let Some(node) = node else { return Ok(default) };
    let value = node.number()?;
    if (0.0..1.0).contains(&value) {
        return Ok(value);
    }
    let message = format!("`{key}` is {value}: it is a fraction, 0.001 is 0.1 %");
    Err(SpecProblem::new(node.span, message).help("write a number from 0 to below 1, or 0.1%"))
}

fn slippage(node: Option<&Node>) -> Result<Slippage, SpecProblem> {
    const EXPECTED: &str = "a rate such as 0.0005, {linear: 0.0005} or {sqrt: 0.0005}";
    let Some(node) = node else { return Ok(Costs::DEFAULT.slippage) };
    if node.number().is_ok() {
        return Ok(Slippage::Linear(fraction(Some(node), "slippage", 0.0)?));
    }
    let map = node.mapping(EXPECTED, &["linear", "sqrt"])?;
    match (map.get("linear"), map.get("sqrt")) {
        (Some(rate), None) => Ok(Slippage::Linear(fraction(Some(rate), "linear", 0.0)?)),
        (None, Some(rate)) => Ok(Slippage::Sqrt(fraction(Some(rate), "sqrt", 0.0)?)),
        _ => Err(node.expected(EXPECTED).into()),
    }
}
