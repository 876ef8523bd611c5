//! `summary/*.json`: small files that answer the first questions about a run without a database.

use super::StrategyKey;
use super::facts::write_json;
use super::merge::Merged;
use crate::durable;
use crate::error::Result;
use crate::record::Json;
use crate::tables::{ClassifierRow, RegimePerformanceRow, StrategyRow};
use admf_model::{ClassifierId, Direction, METRICS, StrategyId};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// How many strategies a ranking holds.
const RANKED: usize = 20;
/// The metric that is known last.
const DEFLATED: &str = "deflated_sharpe";
/// Metrics by which strategies are ranked.
const RANKINGS: [&str; 5] = ["sharpe_ratio", DEFLATED, "sortino_ratio", "calmar_ratio", "total_return"];

/// Where these are among all metrics: found once, and nothing changes it.
static RANKED_METRICS: LazyLock<[usize; RANKINGS.len()]> = LazyLock::new(|| RANKINGS.map(place));

/// Sees every strategy and every regime result once.
#[derive(Debug, Default)]
pub(super) struct SummaryFold {
    metrics: Vec<MetricFold>,
    /// The best by each metric of [`RANKINGS`].
    rankings: [Ranking<Named>; RANKINGS.len()],
    by_type: BTreeMap<String, u64>,
    /// The best strategy under each label of each classifier.
    best_by_regime: BTreeMap<(ClassifierId, String), (f64, StrategyId)>,
}

#[derive(Clone, Debug, Default)]
struct MetricFold {
    defined: u64,
    sum: f64,
    min: Option<f64>,
    max: Option<f64>,
}

/// What a ranking says of a strategy.
#[derive(Debug)]
struct Named {
    strategy_type: String,
    symbol: String,
    parameters: Json,
}

/// The best strategies by a number, the best first, each with what is known of it.
#[derive(Debug)]
pub(super) struct Ranking<T>(Vec<(f64, StrategyId, T)>);

impl<T> Default for Ranking<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Ranking<T> {
    /// Inserts behind all that are better; equals are in the order of their ids, as in a scan.
    pub(super) fn push(&mut self, value: f64, id: StrategyId, known: impl FnOnce() -> T) {
        let is_before =
            |ranked: &(f64, StrategyId, T)| ranked.0 > value || (ranked.0 == value && ranked.1 <= id);
        let at = self.0.partition_point(is_before);
        if at < RANKED {
            self.0.insert(at, (value, id, known()));
            self.0.truncate(RANKED);
        }
    }
}

impl<T> IntoIterator for Ranking<T> {
    type Item = (f64, StrategyId, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl SummaryFold {
    pub(super) fn push_strategy(&mut self, row: &StrategyRow) {
        let values = row.performance.values();
        self.metrics.resize(METRICS.len(), MetricFold::default());
        for (fold, value) in self.metrics.iter_mut().zip(values) {
            fold.push(value);
        }
        match self.by_type.get_mut(&row.strategy_type) {
            Some(count) => *count += 1,
            None => *self.by_type.entry(row.strategy_type.clone()).or_default() += 1,
        }
        for (ranking, at) in self.rankings.iter_mut().zip(*RANKED_METRICS) {
            if let Some(value) = values[at] {
                ranking.push(value, row.strategy_id, || Named {
                    strategy_type: row.strategy_type.clone(),
                    symbol: row.symbol.clone(),
                    parameters: row.parameters.clone(),
                });
            }
        }
    }

    /// A deflated Sharpe ratio, which is known when all strategies have been seen.
    pub(super) fn push_deflated(&mut self, value: Option<f64>) {
        self.metrics[place(DEFLATED)].push(value);
    }

    /// One of the strategies that have the best of them.
    pub(super) fn rank_deflated(&mut self, value: f64, key: StrategyKey) {
        let at = RANKINGS.iter().position(|name| *name == DEFLATED).expect("it is a ranking");
        let StrategyKey { strategy_id, strategy_type, symbol, parameters, .. } = key;
        self.rankings[at].push(value, strategy_id, || Named { strategy_type, symbol, parameters });
    }

    pub(super) fn push_regime(&mut self, row: &RegimePerformanceRow) {
        let Some(score) = row.regime_aware_score else { return };
        let key = (row.classifier_id, row.regime.clone());
        let best = self.best_by_regime.entry(key).or_insert((score, row.strategy_id));
        if score > best.0 || (score == best.0 && row.strategy_id < best.1) {
            *best = (score, row.strategy_id);
        }
    }

    /// The highest Sharpe ratio and the strategy that has it, of several the one with the lowest id.
    pub(super) fn best_sharpe(&self) -> Option<(f64, StrategyId)> {
        self.rankings[0].0.first().map(|(value, strategy, _)| (*value, *strategy))
    }

    /// The classifier under one of whose labels a strategy has the highest score.
    pub(super) fn best_classifier(&self) -> Option<ClassifierId> {
        let best = self.best_by_regime.iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        best.map(|((classifier, _), _)| *classifier)
    }
}

impl MetricFold {
    fn push(&mut self, value: Option<f64>) {
        let Some(value) = value else { return };
        self.defined += 1;
        self.sum += value;
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = Some(self.max.map_or(value, |max| max.max(value)));
    }
}

/// Where a metric is among all.
fn place(name: &str) -> usize {
    METRICS.iter().position(|m| m.name == name).expect("rankings are metrics")
}

/// Writes the three summaries.
pub(super) fn write(run: &Path, merged: &Merged) -> Result<()> {
    let folder = run.join("summary");
    durable::create_folders(&folder)?;
    merged.signals.write(&folder)?;
    write_json(&folder.join("performance_summary.json"), &performance(merged))?;
    write_json(&folder.join("strategy_rankings.json"), &rankings(&merged.summary))?;
    write_json(&folder.join("regime_summary.json"), &regimes(merged))
}

/// Range and mean of every metric over all strategies that have it.
fn performance(merged: &Merged) -> Value {
    let metric = |(fold, metric): (&MetricFold, &admf_model::Metric)| {
        let mean = (fold.defined > 0).then(|| fold.sum / fold.defined as f64);
        let (min, max) = (fold.min, fold.max);
        (metric.name.to_owned(), json!({"defined": fold.defined, "min": min, "mean": mean, "max": max}))
    };
    let metrics: Map<String, Value> = merged.summary.metrics.iter().zip(&METRICS).map(metric).collect();
    json!({
        "strategies": merged.strategies,
        "trades": merged.trades,
        "strategies_by_type": merged.summary.by_type,
        "metrics": metrics,
    })
}

fn rankings(summary: &SummaryFold) -> Value {
    debug_assert!(
        RANKINGS
            .iter()
            .all(|name| { METRICS.iter().any(|m| m.name == *name && m.direction == Direction::Higher) })
    );
    let entry = |(value, strategy_id, row): &(f64, StrategyId, Named)| {
        json!({
            "strategy_id": strategy_id.to_string(),
            "strategy_type": row.strategy_type,
            "symbol": row.symbol,
            "parameters": serde_json::from_str::<Value>(&row.parameters.0).unwrap_or(Value::Null),
            "value": value,
        })
    };
    let ranking =
        |(name, ranked): (&str, &Ranking<_>)| (name.to_owned(), ranked.0.iter().map(entry).collect());
    Value::Object(RANKINGS.into_iter().zip(&summary.rankings).map(ranking).collect())
}

/// Each classifier's labels, how long they last, what follows them, and who did best under them.
fn regimes(merged: &Merged) -> Value {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    let classifier = |row: &ClassifierRow| {
        let of_classifier =
            merged.summary.best_by_regime.iter().filter(|((id, _), _)| *id == row.classifier_id);
        let best: Map<String, Value> = of_classifier
            .map(|((_, regime), (score, strategy))| {
                (regime.clone(), json!({"strategy_id": strategy.to_string(), "regime_aware_score": score}))
            })
            .collect();
        json!({
            "classifier_id": row.classifier_id.to_string(),
            "classifier_type": row.classifier_type,
            "role": row.role,
            "symbol": row.symbol,
            "regime_counts": parsed(&row.regime_counts.0),
            "avg_regime_duration": row.avg_regime_duration,
            "transition_matrix": parsed(&row.transition_matrix.0),
            "best_by_regime": best,
        })
    };
    json!({ "classifiers": merged.classifiers.iter().map(classifier).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests;
