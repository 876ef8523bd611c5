//! `costs:` what trading costs.

use super::{SpecProblem, keys};
use admf_model::{Costs, Slippage};
use admf_rules::yaml::{Fields, Key, Node, Value};

pub(super) fn read(node: Option<&Node>, problems: &mut Vec<SpecProblem>) -> Costs {
    let mut costs = Costs::DEFAULT;
    let fields = node.and_then(|node| Fields::read(node, "a map of costs", &[&keys::COSTS], problems));
    let Some(fields) = fields else { return costs };
    let number = |key: &str, default: f64| fields.number(key).unwrap_or(default);
    costs.commission = number("commission", costs.commission);
    costs.commission_per_fill = number("commission_per_fill", costs.commission_per_fill);
    costs.commission_per_unit = number("commission_per_unit", costs.commission_per_unit);
    costs.borrow_rate = number("borrow_rate", costs.borrow_rate);
    costs.slippage =
        fields.get("slippage").and_then(|node| slippage(node, problems)).unwrap_or(costs.slippage);
    costs
}

fn slippage(node: &Node, problems: &mut Vec<SpecProblem>) -> Option<Slippage> {
    const EXPECTED: &str = "a rate such as 0.0005, {linear: 0.0005} or {sqrt: 0.0005}";
    if matches!(node.value, Value::Scalar(_)) {
        return match node.number() {
            Ok(rate) if (0.0..1.0).contains(&rate) => Some(Slippage::Linear(rate)),
            Ok(_) => {
                let alone = Key { name: "slippage", ..keys::SLIPPAGE[0] };
                problems.extend(alone.check(node).err().map(SpecProblem::from));
                None
            }
            Err(_) => {
                problems.push(node.expected(EXPECTED).into());
                None
            }
        };
    }
    let before = problems.len();
    let fields = Fields::read(node, EXPECTED, &[&keys::SLIPPAGE], problems)?;
    match (fields.number("linear"), fields.number("sqrt")) {
        (Some(rate), None) => Some(Slippage::Linear(rate)),
        (None, Some(rate)) => Some(Slippage::Sqrt(rate)),
        _ if problems.len() > before => None,
        _ => {
            problems.push(node.expected(EXPECTED).into());
            None
        }
    }
}
