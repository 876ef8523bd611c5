//! What a classifier said over the evaluated bars: how often, for how long, and what followed what.

use admf_model::Labels;
use std::ops::Range;

/// Statistics of one classifier's labels on one symbol. Vectors are indexed by label code.
#[derive(Clone, Debug, PartialEq)]
pub struct RegimeStatistics {
    /// Bars under each label.
    pub bars: Vec<u64>,
    /// Bars without a label.
    pub undefined_bars: u64,
    /// Changes from one label to another; a gap of undefined bars between two labels is no change in itself.
    pub changes: u64,
    /// Mean length in bars of an unbroken run of one label; `None` without labels.
    pub average_duration: Option<f64>,
    /// Share of bars whose label is that of the bar before, among pairs where both are known.
    pub stability: Option<f64>,
    /// `transitions[from][to]`: share of the bars under `from` that were followed by `to`.
    pub transitions: Vec<Vec<Option<f64>>>,
}

impl RegimeStatistics {
    /// Counts over a window of bars.
    pub fn new(labels: &Labels, window: Range<usize>) -> Self {
        let width = labels.role().labels().len();
        let mut bars = vec![0; width];
        let mut pairs = vec![vec![0_u64; width]; width];
        let (mut undefined_bars, mut changes, mut runs) = (0, 0, 0);
        let mut last_known: Option<u8> = None;
        let mut before: Option<u8> = None;
        for bar in window {
            let label = labels.get(bar);
            match label {
                None => undefined_bars += 1,
                Some(code) => {
                    bars[usize::from(code)] += 1;
                    runs += u64::from(before != Some(code));
                    changes += u64::from(last_known.is_some_and(|last| last != code));
                    last_known = label;
                    if let Some(from) = before {
                        pairs[usize::from(from)][usize::from(code)] += 1;
                    }
                }
            }
            before = label;
        }
        let known: u64 = bars.iter().sum();
        let followed: u64 = pairs.iter().flatten().sum();
        let stayed: u64 = (0..width).map(|i| pairs[i][i]).sum();
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        let transitions = pairs
            .iter()
            .map(|row| {
                let total = row.iter().sum();
                row.iter().map(|count| share(*count, total)).collect()
            })
            .collect();
        Self {
            bars,
            undefined_bars,
            changes,
            average_duration: share(known, runs),
            stability: share(stayed, followed),
            transitions,
        }
    }
}

#[cfg(test)]
mod tests;
