//! The parameters of a definition: name, kind, default, allowed range, documentation.

use super::keys::PARAMETER;
use super::read::keep;
use crate::Span;
use crate::domain::Domain;
use crate::error::{Problem, RuleError};
use crate::expr::is_keyword;
use crate::yaml::{Entry, Fields, Node, Value};
use admf_model::ParameterValue;

/// Whole or decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
}

impl ParameterKind {
    /// The word in definitions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
        }
    }
}

/// A parameter of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterDefinition {
    /// The name, written `$name` in rules.
    pub name: String,
    /// Whole or decimal.
    pub kind: ParameterKind,
    /// The value where none is given.
    pub default: ParameterValue,
    /// Smallest and largest allowed value; `None` where anything is.
    pub range: Option<(ParameterValue, ParameterValue)>,
    /// What it means; empty where not documented.
    pub doc: String,
    /// The values it takes in a grid that does not name it: those given in place, else the default alone.
    pub values: Vec<ParameterValue>,
    pub(crate) span: Span,
}

impl ParameterDefinition {
    /// Reads `fast: {type: integer, default: 10, range: 2..400, doc: …}` or `fast: 5..60 step 5`.
    pub(super) fn read(entry: &Entry, errors: &mut Vec<RuleError>) -> Option<Self> {
        keep(check_name(&entry.key, entry.key_span), errors);
        match &entry.value.value {
            Value::Mapping(_) => Self::read_described(entry, errors),
            _ => keep(Self::read_values(entry), errors),
        }
    }

    fn read_values(entry: &Entry) -> Result<Self, RuleError> {
        let domain = Domain::read(&entry.value)?;
        let kind = if domain.is_whole() { ParameterKind::Integer } else { ParameterKind::Number };
        let values: Vec<ParameterValue> =
            domain.values.into_iter().map(|(value, _)| kind.convert(value)).collect();
        Ok(Self {
            name: entry.key.clone(),
            kind,
            default: values[0],
            range: None,
            doc: String::new(),
            values,
            span: entry.key_span,
        })
    }

    fn read_described(entry: &Entry, errors: &mut Vec<RuleError>) -> Option<Self> {
        let fields = Fields::read(&entry.value, "a parameter", &[&PARAMETER], errors)?;
        let kind = match fields.text("type")? {
            "integer" => ParameterKind::Integer,
            _ => ParameterKind::Number,
        };
        let range = fields.get("range").and_then(|node| keep(range(node, kind), errors));
        let default_node = fields.get("default")?;
        let default = kind.convert(keep(single(default_node), errors)?);
        let parameter = Self {
            name: entry.key.clone(),
            kind,
            default,
            range,
            doc: fields.text("doc").unwrap_or_default().to_owned(),
            values: vec![default],
            span: entry.key_span,
        };
        keep(parameter.admit(default).map_err(|problem| problem.at(default_node.span)), errors);
        Some(parameter)
    }

    /// The value in this parameter's kind, if it is allowed.
    pub(crate) fn admit(&self, value: ParameterValue) -> Result<ParameterValue, Problem> {
        let value = self.kind.convert(value);
        if self.kind == ParameterKind::Integer && !matches!(value, ParameterValue::Integer(_)) {
            return Err(Problem::ParameterNotWhole { name: self.name.clone(), value: value.to_string() });
        }
        match self.range {
            Some((low, high)) if value.as_f64() < low.as_f64() || value.as_f64() > high.as_f64() => {
                let (name, value, range) = (self.name.clone(), value.to_string(), format!("{low}..{high}"));
                Err(Problem::ParameterRange { name, value, range })
            }
            _ => Ok(value),
        }
    }
}

impl ParameterKind {
    /// A whole number is also a decimal one, and 5.0 also a whole one; what does not fit stays what it is.
    fn convert(self, value: ParameterValue) -> ParameterValue {
        // Below 2^53 every whole double is an exact integer.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match (self, value) {
            (Self::Number, ParameterValue::Integer(i)) => ParameterValue::Number(i as f64),
            (Self::Integer, ParameterValue::Number(n)) if n.trunc() == n && n.abs() < EXACT => {
                ParameterValue::Integer(n as i64)
            }
            _ => value,
        }
    }
}

fn single(node: &Node) -> Result<ParameterValue, RuleError> {
    match Domain::read(node)?.values[..] {
        [(value, _)] => Ok(value),
        _ => Err(node.expected("one number").into()),
    }
}

/// `2..400`: only the ends matter, so no step is asked for.
fn range(node: &Node, kind: ParameterKind) -> Result<(ParameterValue, ParameterValue), RuleError> {
    const EXPECTED: &str = "a range such as 2..400";
    let read =
        |text: &str| crate::numeral::Numeral::parse(text.trim()).and_then(crate::numeral::Numeral::parameter);
    let text = node.scalar(EXPECTED)?.text();
    let ends = text
        .split_once("..")
        .and_then(|(low, high)| Some((kind.convert(read(low)?), kind.convert(read(high)?))));
    match ends {
        Some((low, high)) if low.as_f64() <= high.as_f64() => Ok((low, high)),
        _ => Err(node.expected(EXPECTED).into()),
    }
}

/// Names of definitions and parameters become column names, JSON keys and `$names`.
pub(super) fn check_name(name: &str, span: Span) -> Result<(), RuleError> {
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let starts_well = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if plain && starts_well && !is_keyword(name) {
        return Ok(());
    }
    Err(Problem::BadName { name: name.to_owned() }.at(span))
}
