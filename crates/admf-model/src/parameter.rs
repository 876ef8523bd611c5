//! Parameter values of a rule.

use std::fmt::{self, Write};

/// A whole or a decimal number. Whole numbers and decimals are kept apart: a window of 20 bars is not 20.0.
#[derive(Clone, Copy, Debug)]
pub enum ParameterValue {
    /// A whole number.
    Integer(i64),
    /// A finite decimal number.
    Number(f64),
}

impl ParameterValue {
    /// The value as a number.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Integer(i) => i as f64,
            Self::Number(n) => n,
        }
    }

    fn key(self) -> (u64, u8) {
        // Order-preserving bits of a float: flip all of a negative number, the sign of a positive one.
        let bits = self.as_f64().to_bits();
        let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
        (ordered, u8::from(matches!(self, Self::Number(_))))
    }
}

impl PartialEq for ParameterValue {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ParameterValue {}

impl PartialOrd for ParameterValue {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ParameterValue {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl std::hash::Hash for ParameterValue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for ParameterValue {
    /// The shortest text that reads back as the same number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(i) => write!(f, "{i}"),
            Self::Number(n) => write!(f, "{n}"),
        }
    }
}

/// Named values in the order of the definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parameters(Vec<(String, ParameterValue)>);

impl Parameters {
    /// Takes names and values; a name occurs once.
    pub fn new(values: Vec<(String, ParameterValue)>) -> Self {
        debug_assert!(
            values.iter().enumerate().all(|(i, (name, _))| values[..i].iter().all(|(n, _)| n != name))
        );
        Self(values)
    }

    /// The value of one parameter.
    pub fn get(&self, name: &str) -> Option<ParameterValue> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, ParameterValue)> {
        self.0.iter().map(|(n, v)| (n.as_str(), *v))
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `{"fast":10,"slow":50}`: names are identifiers, so nothing needs escaping.
    pub fn to_json(&self) -> String {
        let mut json = String::with_capacity(16 * self.0.len() + 2);
        let mut separator = '{';
        for (name, value) in &self.0 {
            write!(json, "{separator}\"{name}\":{value}").expect("writing to a String never fails");
            separator = ',';
        }
        json.push_str(if self.0.is_empty() { "{}" } else { "}" });
        json
    }
}

impl fmt::Display for Parameters {
    /// `fast=10 slow=50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<String> = self.0.iter().map(|(n, v)| format!("{n}={v}")).collect();
        f.write_str(&fields.join(" "))
    }
}
