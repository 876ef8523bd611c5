//! The correlations of a run, reduced to what is asked of them: the closest pairs, clusters, and sums.

use super::series::Series;
use crate::WorkflowError;
use admf_engine::{Workers, correlations};
use admf_model::StrategyId;
use admf_stats::Merge;
use std::num::NonZeroUsize;

/// Pairs that are kept whatever is asked, so that the next question need not compute again.
pub(super) const KEPT: usize = 100_000;

/// Two series and how they are correlated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) first: u32,
    pub(super) second: u32,
    pub(super) correlation: f64,
}

/// The correlations of a run. Series are numbered in the order of evaluation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    /// For each series the strategies that have it.
    pub(super) members: Vec<Vec<StrategyId>>,
    /// Strategies whose series never varies.
    pub(super) undefined: Vec<StrategyId>,
    /// The closest pairs, the closest first.
    pub(super) pairs: Vec<Pair>,
    /// All pairs at or above this correlation are among them.
    pub(super) complete_from: f64,
    /// Merges of average linkage, the closest first.
    pub(super) merges: Vec<Merge>,
    /// Sum of all correlations over all ordered pairs of strategies, each with itself included.
    pub(super) sum: f64,
    /// Sum of their squares.
    pub(super) sum_squares: f64,
}

/// Which pairs are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keep {
    least: f64,
    most: usize,
}

impl Keep {
    /// The `most` closest pairs at or above `least`.
    #[cfg(test)]
    pub(super) fn new(least: f64, most: usize) -> Self {
        Self { least, most }
    }

    /// All pairs that are asked for, and many others.
    pub(super) fn for_request(least: f64, limit: Option<usize>) -> Self {
        match limit {
            Some(limit) => Self { least: -1.0, most: limit.max(KEPT) },
            None => Self { least, most: usize::MAX },
        }
    }
}

/// Correlates all series with each other.
pub(super) fn correlate(
    series: Series,
    threads: Option<NonZeroUsize>,
    keep: Keep,
) -> Result<Matrix, WorkflowError> {
    let threads = threads.or_else(|| std::thread::available_parallelism().ok());
    let workers = Workers::new(threads.unwrap_or(NonZeroUsize::MIN))
        .map_err(|e| WorkflowError::System(e.to_string()))?;
    let Series { profiles, members, undefined } = series;
    let weights: Vec<f64> = members.iter().map(|ids| ids.len() as f64).collect();
    let mut all = Vec::with_capacity(members.len() * members.len().saturating_sub(1) / 2);
    let mut pairs = Pairs::new(keep);
    let (mut sum, mut sum_squares) = (0.0, 0.0);
    correlations(&workers, &profiles, |first, found| {
        let own = weights[first];
        sum += own * own;
        sum_squares += own * own;
        for (at, correlation) in found.iter().enumerate() {
            let second = first + 1 + at;
            let times = 2.0 * own * weights[second];
            sum += times * correlation;
            sum_squares += times * correlation * correlation;
            pairs.see(Pair { first: first as u32, second: second as u32, correlation: *correlation });
        }
        all.extend_from_slice(found);
    });
    drop(profiles);
    let merges = admf_stats::average_linkage(all, &weights);
    let (pairs, complete_from) = pairs.finish();
    Ok(Matrix { members, undefined, pairs, complete_from, merges, sum, sum_squares })
}

/// Keeps the closest pairs in bounded memory.
struct Pairs {
    keep: Keep,
    /// At most twice as many as are kept.
    pairs: Vec<Pair>,
    /// Pairs below are not kept.
    floor: f64,
    complete_from: f64,
}

impl Pairs {
    fn new(keep: Keep) -> Self {
        Self { keep, pairs: Vec::new(), floor: keep.least, complete_from: keep.least }
    }

    fn see(&mut self, pair: Pair) {
        if pair.correlation < self.floor {
            return;
        }
        self.pairs.push(pair);
        if self.pairs.len() >= self.keep.most.saturating_mul(2) {
            self.cut();
        }
    }

    fn finish(mut self) -> (Vec<Pair>, f64) {
        if self.pairs.len() > self.keep.most {
            self.cut();
        }
        self.pairs.sort_unstable_by(order);
        (self.pairs, self.complete_from)
    }

    fn cut(&mut self) {
        let (_, last, _) = self.pairs.select_nth_unstable_by(self.keep.most - 1, order);
        self.floor = last.correlation;
        // Of those that are as close as the last one some are gone.
        self.complete_from = self.floor.next_up();
        self.pairs.truncate(self.keep.most);
    }
}

/// The closest first; of equal ones those that were evaluated first.
fn order(a: &Pair, b: &Pair) -> std::cmp::Ordering {
    b.correlation.total_cmp(&a.correlation).then_with(|| (a.first, a.second).cmp(&(b.first, b.second)))
}

impl Matrix {
    /// True when the pairs kept are all that a question asks for.
    pub(super) fn answers(&self, least: f64, limit: Option<usize>) -> bool {
        let kept = self.pairs.partition_point(|pair| pair.correlation >= least);
        least >= self.complete_from || limit.is_some_and(|limit| limit <= kept)
    }

    /// Pairs at or above a correlation; `None` where some of them may have been left out.
    pub(super) fn count(&self, least: f64) -> Option<usize> {
        let kept = self.pairs.partition_point(|pair| pair.correlation >= least);
        (least >= self.complete_from).then_some(kept)
    }

    /// Series that are correlated by `least` or more on average, the clusters in the order of their first series.
    pub(super) fn clusters(&self, least: f64) -> Vec<Vec<u32>> {
        let mut root: Vec<u32> = (0..self.members.len() as u32).collect();
        let find = |root: &[u32], mut at: u32| {
            while root[at as usize] != at {
                at = root[at as usize];
            }
            at
        };
        for merge in self.merges.iter().take_while(|merge| merge.correlation >= least) {
            let (a, b) = (find(&root, merge.first), find(&root, merge.second));
            root[a.max(b) as usize] = a.min(b);
        }
        let mut clusters: Vec<Vec<u32>> = vec![Vec::new(); self.members.len()];
        for at in 0..self.members.len() as u32 {
            clusters[find(&root, at) as usize].push(at);
        }
        clusters.retain(|cluster| !cluster.is_empty());
        clusters
    }

    /// How many independent strategies these amount to.
    pub(super) fn effective_number(&self) -> Option<f64> {
        admf_stats::effective_number(self.strategies(), self.sum_squares)
    }

    /// Mean over all pairs of different strategies.
    pub(super) fn mean_correlation(&self) -> Option<f64> {
        let n = self.strategies() as f64;
        (n > 1.0).then(|| (self.sum - n) / (n * (n - 1.0)))
    }

    fn strategies(&self) -> u64 {
        self.members.iter().map(|ids| ids.len() as u64).sum()
    }
}
