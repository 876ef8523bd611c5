//! Metrics as a source reports them: names and values, of which ADMF takes those whose meaning is the same.

use super::Problem;
use super::json::Decimal;
use admf_model::{METRICS, Performance, Unit};
use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::path::Path;

/// A value beside a name; what is neither number nor text is not looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number; undefined where it is not finite.
    Number(Option<f64>),
    /// A text, which may be a number.
    Text(String),
    /// Anything else.
    Other,
}

/// Everything that a file says, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reported(pub BTreeMap<String, Value>);

/// Our metrics and the names that sources have for them, of which the first that is there counts. Metrics whose
/// definitions differ from source to source (tails, kurtosis, turnover, exposure) are not taken.
const TAKEN: [(&str, &[&str]); 19] = [
    ("total_return", &["net_return", "total_return"]),
    ("annualized_return", &["annualized_return", "annual_return"]),
    ("volatility", &["volatility"]),
    ("sharpe_ratio", &["net_sharpe", "sharpe_ratio"]),
    ("sortino_ratio", &["sortino_ratio"]),
    ("max_drawdown", &["max_drawdown"]),
    ("calmar_ratio", &["calmar_ratio"]),
    ("total_trades", &["total_trades", "num_trades", "trade_count"]),
    ("win_rate", &["win_rate"]),
    ("profit_factor", &["profit_factor"]),
    ("avg_win", &["avg_win"]),
    ("avg_loss", &["avg_loss"]),
    ("largest_win", &["largest_win"]),
    ("largest_loss", &["largest_loss"]),
    ("gross_return", &["gross_return"]),
    ("gross_sharpe", &["gross_sharpe"]),
    ("total_costs", &["total_costs"]),
    ("cost_per_trade", &["cost_per_trade"]),
    ("avg_trade_return", &["avg_trade_return"]),
];

impl Reported {
    /// The number of this name; undefined where there is none.
    ///
    /// # Errors
    /// When there is something else.
    pub fn number(&self, path: &Path, name: &str) -> Result<Option<f64>, Problem> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(*number),
            Some(Value::Text(text)) => match Decimal::parse(text) {
                Some(Decimal(number)) => Ok(number),
                None => {
                    Err(Problem::of(path, format!("`{name}` is `{}`, not a number", text.escape_debug())))
                }
            },
            Some(Value::Other) => Err(Problem::of(path, format!("`{name}` is not a number"))),
        }
    }

    /// All numbers and texts as lines of text, the same for the same content.
    pub fn canonical(&self) -> String {
        let line = |(name, value): (&String, &Value)| match value {
            Value::Number(Some(number)) => format!("{name}={number}\n"),
            Value::Text(text) => format!("{name}={}\n", text.escape_debug()),
            Value::Number(None) | Value::Other => String::new(),
        };
        self.0.iter().map(line).collect()
    }

    /// What others say where this says nothing.
    pub fn or(mut self, other: Self) -> Self {
        for (name, value) in other.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }

    /// The metrics that ADMF takes over. Fractions are divided by 100 where the source reports percent. Falls are
    /// positive and losses negative, however the source signs them; `cost_impact` is the difference of the two Sharpe
    /// ratios, and the rest is undefined.
    ///
    /// # Errors
    /// When a value is no number, or a share of trades or a fall of equity is no fraction.
    pub fn performance(&self, path: &Path, in_percent: bool) -> Result<Performance, Problem> {
        let mut values = [None; METRICS.len()];
        for (value, metric) in values.iter_mut().zip(&METRICS) {
            let Some((_, names)) = TAKEN.iter().find(|(name, _)| *name == metric.name) else { continue };
            for name in *names {
                *value = self.number(path, name)?;
                if value.is_some() {
                    break;
                }
            }
            if in_percent && metric.unit == Unit::Fraction {
                *value = value.map(|percent| percent / 100.0);
            }
        }
        let mut performance = Performance::from_values(values);
        performance.max_drawdown = performance.max_drawdown.map(f64::abs);
        performance.avg_loss = performance.avg_loss.map(|loss| -loss.abs());
        performance.largest_loss = performance.largest_loss.map(|loss| -loss.abs());
        let sharpes = performance.gross_sharpe.zip(performance.sharpe_ratio);
        performance.cost_impact = sharpes.map(|(gross, net)| gross - net);
        check_fraction(path, "win_rate", performance.win_rate)?;
        check_fraction(path, "max_drawdown", performance.max_drawdown)?;
        Ok(performance)
    }
}

/// A share cannot exceed one: where it does, the source most probably means percent.
fn check_fraction(path: &Path, name: &str, value: Option<f64>) -> Result<(), Problem> {
    match value.filter(|value| !(0.0..=1.0).contains(value)) {
        Some(value) => Err(Problem::of(
            path,
            format!(
                "`{name}` is {value}, which is no fraction: if the source reports percent, add --percent"
            ),
        )),
        None => Ok(()),
    }
}

impl<'de> Deserialize<'de> for Reported {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(Decimal::from(number).0))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Number(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}

#[cfg(test)]
mod tests;
