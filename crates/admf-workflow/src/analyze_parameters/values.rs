//! The values of a parameter: from the stored table what it has, the rest from the strategies.

use super::verdict::Verdict;
use crate::WorkflowError;
use admf_duckdb::Catalogue;
use admf_model::{Cell, CellKind, Direction, Metric, RunId, Sheet};
use admf_store::queries::{self, ParameterValue, parameter_sensitivity, parameter_values};
use std::collections::BTreeSet;

/// Where means, deviations and best values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Table `parameter_analysis`, filled when the run finished.
    Stored,
    /// Computed now from table `strategies`.
    Computed,
}

impl Origin {
    /// Its name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stored => "parameter_analysis",
            Self::Computed => "strategies",
        }
    }

    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Stored => {
                "count, mean, deviation and best are stored in parameter_analysis; median and worst are computed from \
                 strategies"
            }
            Self::Computed => {
                "all columns are computed from strategies: parameter_analysis holds Sharpe ratios only"
            }
        }
    }
}

/// The values of one parameter.
pub(super) struct Values {
    pub(super) origin: Origin,
    /// Over all symbols, ascending.
    pub(super) all: Vec<ParameterValue>,
    /// Symbol by symbol.
    symbols: Vec<ParameterValue>,
}

impl Values {
    pub(super) fn load(
        database: &mut Catalogue,
        run: RunId,
        strategy_type: &str,
        parameter: &str,
        metric: &Metric,
    ) -> Result<Self, WorkflowError> {
        let found = parameter_values(database, run, strategy_type, parameter, metric)?;
        let (symbols, mut all): (Vec<_>, Vec<_>) = found.into_iter().partition(|v| v.symbol.is_some());
        let mut origin = Origin::Computed;
        if metric.name == "sharpe_ratio" {
            let stored = stored(&parameter_sensitivity(database, run, strategy_type)?, parameter);
            if stored.len() == all.len() {
                origin = Origin::Stored;
                for (value, stored) in all.iter_mut().zip(stored) {
                    *value = ParameterValue { median: value.median, lowest: value.lowest, ..stored };
                }
            }
        }
        Ok(Self { origin, all, symbols })
    }

    /// Values over all symbols.
    #[cfg(test)]
    pub(super) fn of(origin: Origin, all: Vec<ParameterValue>) -> Self {
        Self { origin, all, symbols: Vec::new() }
    }

    /// Values with their means, ascending; those without a mean are left out.
    pub(super) fn means(&self) -> Vec<(f64, f64)> {
        self.all.iter().filter_map(|v| Some((v.value, v.mean?))).collect()
    }

    pub(super) fn sheet(&self, metric: &Metric, verdict: &Verdict) -> Sheet {
        let mut sheet = Sheet::new([
            ("value", CellKind::Number),
            ("strategies", CellKind::Integer),
            ("mean", CellKind::Number),
            ("median", CellKind::Number),
            ("deviation", CellKind::Number),
            ("best", CellKind::Number),
            ("worst", CellKind::Number),
            ("neighbours_mean", CellKind::Number),
            ("above_neighbours", CellKind::Number),
        ]);
        for value in &self.all {
            let (best, worst) = match metric.direction {
                Direction::Lower => (value.lowest, value.highest),
                Direction::Higher | Direction::Neutral => (value.highest, value.lowest),
            };
            let neighbours = verdict.neighbours(value.value);
            sheet.push(vec![
                value.value.into(),
                Cell::Integer(i64::try_from(value.strategies).unwrap_or(i64::MAX)),
                value.mean.into(),
                value.median.into(),
                value.deviation.into(),
                best.into(),
                worst.into(),
                neighbours.into(),
                value.mean.zip(neighbours).map(|(mean, neighbours)| mean - neighbours).into(),
            ]);
        }
        sheet
    }

    /// Means by value and symbol; without rows where there is one symbol.
    pub(super) fn by_symbol(&self) -> Sheet {
        let names: BTreeSet<&str> = self.symbols.iter().filter_map(|v| v.symbol.as_deref()).collect();
        let head = std::iter::once(("value", CellKind::Number));
        let mut sheet = Sheet::new(head.chain(names.iter().map(|name| (*name, CellKind::Number))));
        if names.len() < 2 {
            return sheet;
        }
        for value in &self.all {
            let mean = |name: &&str| {
                let on = |v: &&ParameterValue| v.value == value.value && v.symbol.as_deref() == Some(*name);
                Cell::from(self.symbols.iter().find(on).and_then(|v| v.mean))
            };
            sheet.push(std::iter::once(value.value.into()).chain(names.iter().map(mean)).collect());
        }
        sheet
    }
}

/// The rows of one parameter in `parameter_analysis`.
fn stored(sheet: &Sheet, parameter: &str) -> Vec<ParameterValue> {
    let value = |row: &Vec<Cell>| match row.as_slice() {
        [Cell::Text(name), value, Cell::Integer(strategies), mean, deviation, best] if name == parameter => {
            Some(ParameterValue {
                symbol: None,
                value: queries::number(value)?,
                strategies: strategies.unsigned_abs(),
                mean: queries::number(mean),
                median: None,
                deviation: queries::number(deviation),
                highest: queries::number(best),
                lowest: None,
            })
        }
        _ => None,
    };
    sheet.rows.iter().filter_map(value).collect()
}
