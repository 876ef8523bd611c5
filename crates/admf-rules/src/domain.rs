//! The values that a parameter takes in a grid: one, a list, or a range with a step or in equal ratios.

use crate::Span;
use crate::error::{Problem, RuleError};
use crate::numeral::{Numeral, number_text};
use crate::yaml::{Node, Value};
use admf_model::ParameterValue;

mod ratios;

/// Most values of one parameter.
pub(crate) const MAX_VALUES: usize = 1_000_000;

/// Values as they were written, in order, each with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Domain {
    pub(crate) values: Vec<(ParameterValue, Span)>,
}

impl Domain {
    /// Reads `20`, `[5, 10, 20]`, `5..60`, `0.1..0.5 step 0.1` or `5..500 log 8`.
    pub(crate) fn read(node: &Node) -> Result<Self, RuleError> {
        match &node.value {
            Value::Sequence(items) if items.is_empty() => Err(Problem::EmptyList.at(node.span)),
            Value::Sequence(items) if items.len() > MAX_VALUES => {
                Err(Problem::TooManyValues { count: items.len() as u128, limit: MAX_VALUES }.at(node.span))
            }
            Value::Sequence(items) => list(items),
            Value::Scalar(scalar) if !scalar.is_quoted() => scalar_domain(scalar.text())
                .map_err(|problem| problem.at(node.span))
                .map(|values| Self { values: values.into_iter().map(|value| (value, node.span)).collect() }),
            Value::Scalar(scalar) => Err(Problem::BadDomain { text: scalar.text().to_owned() }.at(node.span)),
            Value::Mapping(_) => {
                Err(node.expected("a number, a list [5, 10, 20] or a range 5..60 step 5").into())
            }
        }
    }

    /// True when every value is whole.
    pub(crate) fn is_whole(&self) -> bool {
        self.values.iter().all(|(value, _)| matches!(value, ParameterValue::Integer(_)))
    }
}

fn list(items: &[Node]) -> Result<Domain, RuleError> {
    let mut seen = std::collections::BTreeSet::new();
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        let scalar = item.scalar("a number")?;
        let numeral = Numeral::parse(scalar.text()).filter(|_| !scalar.is_quoted());
        let value = numeral.and_then(Numeral::parameter).ok_or_else(|| item.expected("a number"))?;
        if !seen.insert(value.as_f64().to_bits()) {
            return Err(Problem::ValueTwice { value: value.to_string() }.at(item.span));
        }
        values.push((value, item.span));
    }
    Ok(Domain { values })
}

fn scalar_domain(text: &str) -> Result<Vec<ParameterValue>, Problem> {
    let bad = || Problem::BadDomain { text: text.to_owned() };
    let Some((from, rest)) = text.split_once("..") else {
        let value = Numeral::parse(text.trim()).and_then(Numeral::parameter);
        return value.map(|value| vec![value]).ok_or_else(bad);
    };
    let from = Numeral::parse(from.trim()).ok_or_else(bad)?;
    if let Some((to, count)) = rest.split_once("log") {
        let to = Numeral::parse(to.trim()).ok_or_else(bad)?;
        let count = Numeral::parse(count.trim()).filter(|n| n.is_whole).ok_or_else(bad)?;
        return ratios::values(from, to, count.mantissa);
    }
    let (to, step) = match rest.split_once("step") {
        Some((to, step)) => (to, Some(Numeral::parse(step.trim()).ok_or_else(bad)?)),
        None => (rest, None),
    };
    let to = Numeral::parse(to.trim()).ok_or_else(bad)?;
    let step = match step {
        Some(step) => step,
        None if from.is_whole && to.is_whole => Numeral { mantissa: 1, exponent: 0, is_whole: true },
        None => return Err(Problem::DecimalRange { text: text.trim().to_owned() }),
    };
    range(from, to, step, bad)
}

/// Exact decimals: 0.1, 0.2, 0.3 are the doubles nearest to what is typed, not sums of 0.1.
fn range(
    from: Numeral,
    to: Numeral,
    step: Numeral,
    bad: impl Fn() -> Problem,
) -> Result<Vec<ParameterValue>, Problem> {
    let exponent = from.exponent.min(to.exponent).min(step.exponent);
    let is_whole = from.is_whole && step.is_whole;
    let align = |n: Numeral| n.mantissa_at(exponent).ok_or_else(&bad);
    let (first, last, stride) = (align(from)?, align(to)?, align(step)?);
    if stride <= 0 {
        return Err(Problem::BadStep { step: shown(step) });
    }
    if first > last {
        return Err(Problem::Descending { from: shown(from), to: shown(to) });
    }
    let count = last.checked_sub(first).ok_or_else(&bad)? / stride + 1;
    let count = match usize::try_from(count) {
        Ok(n) if n <= MAX_VALUES => n,
        _ => return Err(Problem::TooManyValues { count: count.unsigned_abs(), limit: MAX_VALUES }),
    };
    let value = |k: usize| {
        let mantissa = first + stride * k as i128;
        if is_whole {
            // Whole numbers have no exponent of their own; only `to` can have brought one in.
            let scale = 10_i128.pow(exponent.unsigned_abs());
            return i64::try_from(mantissa / scale).ok().map(ParameterValue::Integer);
        }
        Numeral { mantissa, exponent, is_whole }.value().map(ParameterValue::Number)
    };
    (0..count).map(|k| value(k).ok_or_else(&bad)).collect()
}

/// A numeral as it is shown in messages.
fn shown(numeral: Numeral) -> String {
    numeral.value().map(number_text).unwrap_or_default()
}

#[cfg(test)]
mod tests;
