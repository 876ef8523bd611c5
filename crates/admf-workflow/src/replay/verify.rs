//! Whether a strategy evaluated again is the strategy that is stored.

use crate::WorkflowError;
use admf_model::METRICS;
use admf_store::Workspace;
use admf_store::run::{self, Rows, RunMetadata};
use admf_store::tables::{RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};

/// Largest difference that is rounding: relative, absolute below 1.
const TOLERANCE: f64 = 1e-9;

/// What the comparison of a strategy with its stored rows found.
#[derive(Clone, Debug, PartialEq)]
pub enum Verification {
    /// Every number is the stored one to the last bit.
    Identical,
    /// The largest difference is rounding.
    WithinRounding {
        /// The difference, relative to the number where that is larger than 1.
        difference: f64,
    },
    /// Something is not what is stored.
    Different(Vec<Difference>),
}

/// One thing that is not what is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What: a metric, or `trades`, `signals`, `regimes`.
    pub what: String,
    /// As stored.
    pub stored: String,
    /// As computed now.
    pub computed: String,
}

/// What a run stored about one strategy; `None` for what it did not keep.
pub(super) struct Stored {
    strategy: StrategyRow,
    trades: Option<Vec<TradeRow>>,
    signals: Option<Vec<SignalRow>>,
    regimes: Vec<RegimePerformanceRow>,
}

impl Stored {
    pub(super) fn read(
        workspace: &Workspace,
        metadata: &RunMetadata,
        strategy: &StrategyRow,
    ) -> Result<Self, WorkflowError> {
        let (run, id) = (metadata.run_id, strategy.strategy_id);
        // A run that kept trades and has none, has nothing to compare.
        let trades = if metadata.total_trades > 0 { Some(run::trades(workspace, run, id)?) } else { None };
        Ok(Self {
            strategy: strategy.clone(),
            trades,
            signals: run::signals(workspace, strategy)?,
            regimes: run::regimes(workspace, run, id)?,
        })
    }
}

/// Compares what is stored with the rows of one strategy.
pub(super) fn verify(stored: &Stored, rows: &Rows) -> Verification {
    let computed = &rows.strategies[0];
    let mut found = Comparison::default();
    let values = stored.strategy.performance.values().into_iter().zip(computed.performance.values());
    for (metric, (before, now)) in METRICS.iter().zip(values) {
        // It counts the trials of the family at the end of the run.
        if metric.name != "deflated_sharpe" {
            found.number(metric.name, before, now);
        }
    }
    if let Some(trades) = &stored.trades {
        found.rows("trades", trades, &rows.trades);
    }
    if let Some(signals) = &stored.signals {
        let computed: Vec<SignalRow> = rows.signals.values().flatten().cloned().collect();
        found.rows("signals", signals, &computed);
    }
    found.regimes(&stored.regimes, &rows.regime_performance);
    found.result()
}

#[derive(Default)]
struct Comparison {
    largest: f64,
    differences: Vec<Difference>,
}

impl Comparison {
    fn number(&mut self, what: &str, stored: Option<f64>, computed: Option<f64>) {
        let difference = match (stored, computed) {
            (Some(a), Some(b)) if a.to_bits() == b.to_bits() => 0.0,
            (Some(a), Some(b)) => (a - b).abs() / a.abs().max(b.abs()).max(1.0),
            (None, None) => 0.0,
            _ => f64::INFINITY,
        };
        // A difference of zeros with other signs is one, if the smallest.
        self.largest = self.largest.max(difference);
        if difference > TOLERANCE {
            let text = |value: Option<f64>| value.map_or("undefined".to_owned(), |v| v.to_string());
            self.differ(what, text(stored), text(computed));
        }
    }

    /// Rows are compared to the last bit: both kernels make the same.
    fn rows<R: PartialEq>(&mut self, what: &str, stored: &[R], computed: &[R]) {
        if stored.len() != computed.len() {
            self.differ(what, stored.len().to_string(), computed.len().to_string());
        } else if let Some(at) = stored.iter().zip(computed).position(|(a, b)| a != b) {
            self.differ(what, format!("{} of them", stored.len()), format!("another number {}", at + 1));
        }
    }

    fn regimes(&mut self, stored: &[RegimePerformanceRow], computed: &[RegimePerformanceRow]) {
        let key =
            |row: &RegimePerformanceRow| (row.classifier_id, row.regime.clone(), row.bars, row.trade_count);
        let keys = |rows: &[RegimePerformanceRow]| rows.iter().map(key).collect::<Vec<_>>();
        if keys(stored) != keys(computed) {
            self.differ("regimes", format!("{} rows", stored.len()), "other bars or trades".to_owned());
            return;
        }
        for (a, b) in stored.iter().zip(computed) {
            let name = |metric: &str| format!("{metric} under {}", a.regime);
            self.number(&name("sharpe_ratio"), a.sharpe_ratio, b.sharpe_ratio);
            self.number(&name("total_return"), a.total_return, b.total_return);
            self.number(&name("win_rate"), a.win_rate, b.win_rate);
            self.number(&name("avg_duration"), a.avg_duration, b.avg_duration);
            self.number(&name("regime_aware_score"), a.regime_aware_score, b.regime_aware_score);
        }
    }

    fn differ(&mut self, what: &str, stored: String, computed: String) {
        self.differences.push(Difference { what: what.to_owned(), stored, computed });
    }

    fn result(self) -> Verification {
        if !self.differences.is_empty() {
            Verification::Different(self.differences)
        } else if self.largest > 0.0 {
            Verification::WithinRounding { difference: self.largest }
        } else {
            Verification::Identical
        }
    }
}

#[cfg(test)]
mod tests;
