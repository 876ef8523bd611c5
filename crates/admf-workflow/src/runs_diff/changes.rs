//! Metrics of the same strategies in two runs: which differ, and by how much.

use super::RESOLUTION;
use admf_model::{Cell, CellKind, RowSink, Sheet, SheetColumn};
use admf_store::queries::{compared_metrics, number};
use std::ops::ControlFlow;

/// Columns before the metrics: id, type, symbol and parameters of the strategy, and its id in the second run.
const ABOUT: usize = 5;

/// Takes strategies as they come and keeps those that changed most.
pub(super) struct Changes {
    limit: usize,
    kept: Vec<Change>,
    strategies: u64,
    /// How each metric changed.
    metrics: Vec<MetricChange>,
}

/// How a metric changed.
#[derive(Clone, Copy, Default)]
struct MetricChange {
    /// Strategies for which it did.
    strategies: u64,
    /// Of these those that have it in both runs, and the sum of their changes.
    in_both: u64,
    sum: f64,
    /// The largest change as a share of the value, and as it is.
    largest: Option<(f64, f64)>,
}

/// A strategy and its metric that changed most.
struct Change {
    about: Vec<Cell>,
    metric: &'static str,
    values: [Option<f64>; 2],
    share: f64,
    changed: usize,
}

impl Changes {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Vec::new(),
            strategies: 0,
            metrics: vec![MetricChange::default(); compared_metrics().count()],
        }
    }

    /// How many strategies changed.
    pub(super) fn strategies(&self) -> u64 {
        self.strategies
    }

    /// A row per metric that changed, that with the largest change first.
    pub(super) fn metrics(&self) -> Sheet {
        let mut sheet = Sheet::new([
            ("metric", CellKind::Text),
            ("strategies_changed", CellKind::Integer),
            ("mean_change", CellKind::Number),
            ("largest_change", CellKind::Number),
            ("largest_change_of_value", CellKind::Number),
        ]);
        let mut found: Vec<_> =
            compared_metrics().zip(&self.metrics).filter(|(_, change)| change.strategies > 0).collect();
        let share = |change: &MetricChange| change.largest.map_or(f64::INFINITY, |(share, _)| share);
        found.sort_by(|a, b| share(b.1).total_cmp(&share(a.1)));
        for (metric, change) in found {
            let mean = (change.in_both > 0).then(|| change.sum / change.in_both as f64);
            sheet.push(vec![
                metric.name.into(),
                Cell::Integer(i64::try_from(change.strategies).unwrap_or(i64::MAX)),
                mean.into(),
                change.largest.map(|(_, change)| change).into(),
                change.largest.map(|(share, _)| share).into(),
            ]);
        }
        sheet
    }

    /// A row per strategy, the largest changes first.
    pub(super) fn into_sheet(mut self) -> Sheet {
        let mut sheet = Sheet::new([
            ("strategy_id", CellKind::Text),
            ("strategy_type", CellKind::Text),
            ("symbol", CellKind::Text),
            ("parameters", CellKind::Text),
            ("metric", CellKind::Text),
            ("first", CellKind::Number),
            ("second", CellKind::Number),
            ("change", CellKind::Number),
            ("metrics_changed", CellKind::Integer),
            ("second_strategy_id", CellKind::Text),
        ]);
        self.cut();
        for Change { mut about, metric, values: [first, second], changed, .. } in self.kept {
            let change = first.zip(second).map(|(first, second)| second - first);
            let id_in_second = about.pop().unwrap_or(Cell::Null);
            about.extend([
                metric.into(),
                first.into(),
                second.into(),
                change.into(),
                changed.into(),
                id_in_second,
            ]);
            sheet.push(about);
        }
        sheet
    }

    /// Leaves the strategies that changed most; of equal ones those with the lowest ids, in which order they come.
    fn cut(&mut self) {
        self.kept.sort_by(|a, b| b.share.total_cmp(&a.share));
        self.kept.truncate(self.limit);
    }
}

/// Change as a share of the larger value, or of 1 where that is smaller; infinite where one value is undefined.
fn share(first: Option<f64>, second: Option<f64>) -> f64 {
    match (first, second) {
        (Some(first), Some(second)) => (second - first).abs() / first.abs().max(second.abs()).max(1.0),
        (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}

impl RowSink for Changes {
    fn columns(&mut self, columns: &[SheetColumn]) {
        assert_eq!(columns.len(), ABOUT + 2 * self.metrics.len(), "two values of every metric");
    }

    fn row(&mut self, mut row: Vec<Cell>) -> ControlFlow<()> {
        let values = row.split_off(ABOUT);
        let (mut most, mut changed) = (None::<(f64, &'static str, [Option<f64>; 2])>, 0);
        for (at, metric) in compared_metrics().enumerate() {
            let [first, second] = [number(&values[2 * at]), number(&values[2 * at + 1])];
            let share = share(first, second);
            if share <= RESOLUTION {
                continue;
            }
            changed += 1;
            if most.is_none_or(|(largest, ..)| share > largest) {
                most = Some((share, metric.name, [first, second]));
            }
            let change = &mut self.metrics[at];
            change.strategies += 1;
            if let Some((first, second)) = first.zip(second) {
                change.in_both += 1;
                change.sum += second - first;
                if change.largest.is_none_or(|(largest, _)| share > largest) {
                    change.largest = Some((share, second - first));
                }
            }
        }
        if let Some((share, metric, values)) = most {
            self.strategies += 1;
            self.kept.push(Change { about: row, metric, values, share, changed });
            if self.kept.len() >= 2 * self.limit.max(1024) {
                self.cut();
            }
        }
        ControlFlow::Continue(())
    }
}
