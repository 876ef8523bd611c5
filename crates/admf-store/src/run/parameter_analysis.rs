//! How the value of one parameter went with the Sharpe ratio, over all strategies of a run.

use crate::tables::{ParameterAnalysisRow, StrategyRow};
use admf_model::{ParameterValue, RunId};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// What the values of one parameter of one strategy type came to.
type Values = BTreeMap<ParameterValue, Cell>;

/// Sees every strategy once.
#[derive(Debug, Default)]
pub(super) struct ParameterFold {
    /// By strategy type and parameter name.
    cells: BTreeMap<String, BTreeMap<String, Values>>,
}

/// Mean and squared deviations after Welford, which do not cancel.
#[derive(Debug, Default)]
struct Cell {
    strategies: i64,
    defined: i64,
    mean: f64,
    squares: f64,
    best: Option<f64>,
}

impl ParameterFold {
    pub(super) fn push(&mut self, row: &StrategyRow) {
        let of_type = entry(&mut self.cells, &row.strategy_type);
        for (name, value) in numbers(&row.parameters.0) {
            let cell = entry(of_type, &name).entry(ParameterValue::Number(value)).or_default();
            cell.push(row.performance.sharpe_ratio);
        }
    }

    /// Rows by strategy type, parameter and value.
    pub(super) fn finish(self, run_id: RunId) -> Vec<ParameterAnalysisRow> {
        let mut rows = Vec::new();
        for (strategy_type, parameters) in &self.cells {
            for (parameter_name, values) in parameters {
                rows.extend(values.iter().map(|(value, cell)| ParameterAnalysisRow {
                    run_id,
                    strategy_type: strategy_type.clone(),
                    parameter_name: parameter_name.clone(),
                    parameter_value: value.as_f64(),
                    avg_sharpe: (cell.defined > 0).then_some(cell.mean),
                    std_sharpe: (cell.defined > 1).then(|| (cell.squares / (cell.defined - 1) as f64).sqrt()),
                    count_strategies: cell.strategies,
                    best_sharpe: cell.best,
                }));
            }
        }
        rows
    }
}

/// What stands under a name. There are few names and many strategies: looking needs no copy of the name.
fn entry<'a, V: Default>(map: &'a mut BTreeMap<String, V>, name: &str) -> &'a mut V {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), V::default());
    }
    map.get_mut(name).expect("it was put there if it was missing")
}

impl Cell {
    fn push(&mut self, sharpe: Option<f64>) {
        self.strategies += 1;
        let Some(sharpe) = sharpe else { return };
        self.defined += 1;
        let distance = sharpe - self.mean;
        self.mean += distance / self.defined as f64;
        self.squares += distance * (sharpe - self.mean);
        self.best = Some(self.best.map_or(sharpe, |best| best.max(sharpe)));
    }
}

/// The parameters that are numbers.
fn numbers(json: &str) -> Vec<(Cow<'_, str>, f64)> {
    serde_json::from_str::<Numbers<'_>>(json).map(|numbers| numbers.0).unwrap_or_default()
}

/// The fields of an object that are numbers, read without making anything of the others: a run has millions.
struct Numbers<'a>(Vec<(Cow<'a, str>, f64)>);

impl<'de: 'a, 'a> Deserialize<'de> for Numbers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Numbers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut numbers = Vec::with_capacity(8);
                while let Some(Name(name)) = map.next_key()? {
                    if let Value::Number(value) = map.next_value()? {
                        numbers.push((name, value));
                    }
                }
                Ok(Numbers(numbers))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The name of a field, in place where nothing is escaped in it.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A number, or anything else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Other(IgnoredAny),
}

#[cfg(test)]
mod tests;
