//! How the value of one parameter went with the Sharpe ratio, over all strategies of a run.

use crate::tables::{ParameterAnalysisRow, StrategyRow};
use admf_model::{ParameterValue, RunId};
use std::collections::BTreeMap;

/// Strategy type, parameter name and value.
type Key = (String, String, ParameterValue);

/// Sees every strategy once.
#[derive(Default)]
pub(super) struct ParameterFold {
    cells: BTreeMap<Key, Cell>,
}

/// Mean and squared deviations after Welford, which do not cancel.
#[derive(Default)]
struct Cell {
    strategies: i64,
    defined: i64,
    mean: f64,
    squares: f64,
    best: Option<f64>,
}

impl ParameterFold {
    pub(super) fn push(&mut self, row: &StrategyRow) {
        for (name, value) in numbers(&row.parameters.0) {
            let key = (row.strategy_type.clone(), name, ParameterValue::Number(value));
            self.cells.entry(key).or_default().push(row.performance.sharpe_ratio);
        }
    }

    /// Rows by strategy type, parameter and value.
    pub(super) fn finish(self, run_id: RunId) -> Vec<ParameterAnalysisRow> {
        let row = |((strategy_type, parameter_name, value), cell): (Key, Cell)| ParameterAnalysisRow {
            run_id,
            strategy_type,
            parameter_name,
            parameter_value: value.as_f64(),
            avg_sharpe: (cell.defined > 0).then_some(cell.mean),
            std_sharpe: (cell.defined > 1).then(|| (cell.squares / (cell.defined - 1) as f64).sqrt()),
            count_strategies: cell.strategies,
            best_sharpe: cell.best,
        };
        self.cells.into_iter().map(row).collect()
    }
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
fn numbers(json: &str) -> Vec<(String, f64)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(json) else { return Vec::new() };
    fields.into_iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect()
}

#[cfg(test)]
mod tests;
