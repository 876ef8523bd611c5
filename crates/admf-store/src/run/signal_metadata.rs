//! What is worth knowing of signals before they are opened: `summary/performance.json`, an entry per strategy, and the
//! footers of the files of signals, an entry per file.

use crate::durable;
use crate::error::Result;
use crate::tables::{RegimePerformanceRow, StrategyRow};
use admf_model::StrategyId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Runs with more strategies have no `summary/performance.json`: a text of that size is slower to read than
/// `strategies.parquet`, which every run has.
const LISTED: usize = 50_000;

/// A strategy in `summary/performance.json`. Metrics are those of the columns of the same names in `strategies`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignalMetadata {
    /// The strategy.
    pub strategy_id: String,
    /// Name of the definition.
    pub strategy_type: String,
    /// The symbol.
    pub symbol: String,
    /// Parameter values by name.
    pub parameters: serde_json::Value,
    /// Bars evaluated, each with a position wanted.
    pub total_signals: i64,
    /// Changes of the position wanted.
    pub signal_changes: i64,
    /// Bars divided by changes; undefined without a change.
    pub compression_ratio: Option<f64>,
    /// Net of costs.
    pub sharpe_ratio: Option<f64>,
    /// Net of costs, a fraction.
    pub total_return: Option<f64>,
    /// A positive fraction.
    pub max_drawdown: Option<f64>,
    /// Share of closed trades.
    pub win_rate: Option<f64>,
    /// Before costs.
    pub gross_sharpe: Option<f64>,
    /// After costs: `sharpe_ratio` once more.
    pub net_sharpe: Option<f64>,
    /// Gross less net Sharpe ratio.
    pub cost_impact: Option<f64>,
    /// Sharpe ratio by classifier and label.
    pub regime_performance: BTreeMap<String, BTreeMap<String, Option<f64>>>,
}

/// Sees every strategy and every regime result once.
#[derive(Debug, Default)]
pub(super) struct SignalFold {
    by_type: BTreeMap<String, TypeFold>,
    /// Cleared when there are more than [`LISTED`].
    strategies: Vec<SignalMetadata>,
    /// Where in `strategies` each is.
    places: HashMap<StrategyId, usize>,
    seen: usize,
}

#[derive(Debug, Default)]
struct TypeFold {
    strategies: u64,
    total_signals: i64,
    signal_changes: i64,
    best: Option<(f64, StrategyId)>,
}

impl SignalFold {
    pub(super) fn push_strategy(&mut self, row: &StrategyRow) {
        match self.by_type.get_mut(&row.strategy_type) {
            Some(fold) => fold.push(row),
            None => self.by_type.entry(row.strategy_type.clone()).or_default().push(row),
        }
        self.seen += 1;
        if self.seen > LISTED {
            self.strategies = Vec::new();
            self.places = HashMap::new();
            return;
        }
        self.places.insert(row.strategy_id, self.strategies.len());
        self.strategies.push(entry(row));
    }

    pub(super) fn push_regime(&mut self, row: &RegimePerformanceRow) {
        let Some(place) = self.places.get(&row.strategy_id) else { return };
        let of_classifier =
            self.strategies[*place].regime_performance.entry(row.classifier_id.to_string()).or_default();
        of_classifier.insert(row.regime.clone(), row.sharpe_ratio);
    }

    /// The footer of the file of signals of a type.
    pub(super) fn footer(&self, strategy_type: &str) -> Vec<(&'static str, String)> {
        let Some(fold) = self.by_type.get(strategy_type) else { return Vec::new() };
        let mut pairs = vec![
            ("strategy_type", strategy_type.to_owned()),
            ("strategies", fold.strategies.to_string()),
            ("total_signals", fold.total_signals.to_string()),
            ("signal_changes", fold.signal_changes.to_string()),
        ];
        if let Some(ratio) = ratio(fold.total_signals, fold.signal_changes) {
            pairs.push(("compression_ratio", ratio.to_string()));
        }
        if let Some((sharpe, strategy)) = fold.best {
            pairs.push(("sharpe_ratio", sharpe.to_string()));
            pairs.push(("strategy_id", strategy.to_string()));
        }
        pairs
    }

    /// Writes `performance.json` into the folder of summaries, an entry a line.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        if self.seen > LISTED {
            return Ok(());
        }
        let lines: Vec<String> = self
            .strategies
            .iter()
            .map(|entry| serde_json::to_string(entry).expect("the keys of our maps are text"))
            .collect();
        let text = format!("[\n{}\n]\n", lines.join(",\n"));
        durable::write(&folder.join("performance.json"), text.as_bytes())
    }
}

impl TypeFold {
    fn push(&mut self, row: &StrategyRow) {
        self.strategies += 1;
        self.total_signals += row.evaluated_bars;
        self.signal_changes += row.signal_changes;
        let Some(sharpe) = row.performance.sharpe_ratio else { return };
        let best = self.best.get_or_insert((sharpe, row.strategy_id));
        if sharpe > best.0 || (sharpe == best.0 && row.strategy_id < best.1) {
            *best = (sharpe, row.strategy_id);
        }
    }
}

/// Bars for one stored change.
fn ratio(bars: i64, changes: i64) -> Option<f64> {
    (changes > 0).then(|| bars as f64 / changes as f64)
}

fn entry(row: &StrategyRow) -> SignalMetadata {
    let performance = &row.performance;
    SignalMetadata {
        strategy_id: row.strategy_id.to_string(),
        strategy_type: row.strategy_type.clone(),
        symbol: row.symbol.clone(),
        parameters: serde_json::from_str(&row.parameters.0).unwrap_or_default(),
        total_signals: row.evaluated_bars,
        signal_changes: row.signal_changes,
        compression_ratio: row.compression_ratio,
        sharpe_ratio: performance.sharpe_ratio,
        total_return: performance.total_return,
        max_drawdown: performance.max_drawdown,
        win_rate: performance.win_rate,
        gross_sharpe: performance.gross_sharpe,
        net_sharpe: row.net_sharpe,
        cost_impact: performance.cost_impact,
        regime_performance: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests;
