//! `parameter_values.sql`: how the values of one parameter went with a metric.

use super::number;
use crate::database::{Database, DatabaseError};
use admf_model::{Cell, Metric, RunId};

/// All strategies of a type with one value of a parameter, in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterValue {
    /// On this symbol; `None` over all symbols.
    pub symbol: Option<String>,
    /// The value.
    pub value: f64,
    /// Strategies with this value, with or without the metric.
    pub strategies: u64,
    /// Mean of the metric over the strategies that have it.
    pub mean: Option<f64>,
    /// Middle value of the metric.
    pub median: Option<f64>,
    /// Standard deviation of the metric (n - 1); undefined for fewer than two.
    pub deviation: Option<f64>,
    /// Highest value of the metric.
    pub highest: Option<f64>,
    /// Lowest value of the metric.
    pub lowest: Option<f64>,
}

/// Over all symbols first, then symbol by symbol; the values of the parameter ascend.
pub fn parameter_values(
    db: &mut dyn Database,
    run: RunId,
    strategy_type: &str,
    parameter: &str,
    metric: &Metric,
) -> Result<Vec<ParameterValue>, DatabaseError> {
    let sql = include_str!("parameter_values.sql").replace("{metric}", metric.name);
    let sheet = db.rows(&sql, &[run.to_string().into(), strategy_type.into(), parameter.into()])?;
    let value = |row: &Vec<Cell>| match row.as_slice() {
        [symbol, value, Cell::Integer(strategies), _, mean, median, deviation, highest, lowest] => {
            Some(ParameterValue {
                symbol: if let Cell::Text(symbol) = symbol { Some(symbol.clone()) } else { None },
                value: number(value)?,
                strategies: strategies.unsigned_abs(),
                mean: number(mean),
                median: number(median),
                deviation: number(deviation),
                highest: number(highest),
                lowest: number(lowest),
            })
        }
        _ => None,
    };
    Ok(sheet.rows.iter().filter_map(value).collect())
}
