//! `admf analytics correlations`: which strategies of a run do the same, and how many independent ones there are.

mod cache;
mod matrix;
mod need;
mod series;

pub use series::Of;

use crate::WorkflowError;
use crate::replay::Replay;
use admf_model::words::{counted, grouped};
use admf_model::{Cell, CellKind, RowSink, RunId, Sheet, StrategyId};
use admf_rules::nearest;
use admf_store::Workspace;
use admf_store::run::{self, StrategyKey};
use matrix::{Matrix, Pair};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// What to correlate.
#[derive(Clone, Debug)]
pub struct CorrelationsRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of the run's id, or `@last`.
    pub run: String,
    /// Returns or positions.
    pub of: Of,
    /// Only strategies of this type.
    pub strategy: Option<String>,
    /// Least correlation of a pair that is shown, and of the strategies of a cluster on average.
    pub min_correlation: f64,
    /// How many pairs at most; `None` for all.
    pub limit: Option<usize>,
    /// How many strategies at most: those with the highest Sharpe ratios.
    pub strategies: usize,
    /// Threads; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Bytes of memory that may be taken; `None` for half of what is available.
    pub memory: Option<u64>,
}

/// What was found, beside the pairs that the sink took.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelationsReport {
    /// The run.
    pub run_id: RunId,
    /// Strategies compared.
    pub strategies: usize,
    /// Strategies whose returns or positions never vary: their correlations are undefined.
    pub undefined: usize,
    /// Strategies of the run that were left out because there are too many.
    pub left_out: usize,
    /// Different series among the strategies compared: identical strategies count once.
    pub distinct: usize,
    /// Number of independent strategies that the compared ones amount to, see [`admf_stats::effective_number()`].
    pub effective_number: Option<f64>,
    /// Mean correlation over all pairs of compared strategies.
    pub mean_correlation: Option<f64>,
    /// Clusters of strategies that are correlated by the threshold or more on average.
    pub clusters: Sheet,
    /// How many clusters there are; strategies that are like no other count as one each.
    pub cluster_count: usize,
    /// Groups of identical strategies, largest first.
    pub identical: Sheet,
    /// Pairs at or above the threshold, identical strategies counting once; `None` where not all are known.
    pub pairs: Option<usize>,
    /// Pairs that the sink took.
    pub shown: usize,
    /// True when the answer was computed before and kept.
    pub cached: bool,
    /// What the user should know about the answer.
    pub notes: Vec<String>,
}

/// Rows of the tables of clusters and of identical strategies.
const GROUP_ROWS: usize = 10;

/// Correlates. The pairs go to `sink` one by one, the highest correlation first; of equal ones those of strategies that
/// were evaluated first.
///
/// # Errors
/// [`WorkflowError::Usage`] for a type that the run does not have and for what would take too much memory; an error where the run cannot be evaluated again or
/// kept no signals.
pub fn correlations(
    request: &CorrelationsRequest,
    sink: &mut dyn RowSink,
) -> Result<CorrelationsReport, WorkflowError> {
    if !(-1.0..=1.0).contains(&request.min_correlation) {
        let message = format!("a correlation is between -1 and 1, not {}", request.min_correlation);
        return Err(usage(message, "write a number such as 0.7".to_owned()));
    }
    let metadata = run::resolve_complete(&request.workspace, &request.run)?;
    let chosen = Chosen::of(request, metadata.run_id)?;
    let name = cache::name(request);
    let fingerprint = cache::fingerprint(request, &metadata, &chosen.keys)?;
    let stored = cache::load(&request.workspace, metadata.run_id, &name, &fingerprint)
        .filter(|matrix| matrix.answers(request.min_correlation, request.limit));
    let cached = stored.is_some();
    let mut notes = Vec::new();
    let matrix = match stored {
        Some(matrix) => matrix,
        None => {
            let keep = matrix::Keep::for_request(request.min_correlation, request.limit);
            let matrix = compute(request, &chosen, keep, &mut notes)?;
            // All pairs of a large run are too many to keep.
            if request.limit.is_some_and(|limit| limit <= matrix::KEPT) {
                let kept = cache::store(&request.workspace, metadata.run_id, &name, &fingerprint, &matrix);
                // The answer is there all the same.
                notes.extend(kept.err().map(|error| format!("not kept for the next time: {error}")));
            }
            matrix
        }
    };
    notes.extend(chosen.note());
    let shown = write_pairs(request, &chosen, &matrix, sink);
    let clusters = matrix.clusters(request.min_correlation);
    let members: usize = matrix.members.iter().map(Vec::len).sum();
    Ok(CorrelationsReport {
        run_id: metadata.run_id,
        strategies: members,
        undefined: matrix.undefined.len(),
        left_out: chosen.left_out,
        distinct: matrix.members.len(),
        effective_number: matrix.effective_number(),
        mean_correlation: matrix.mean_correlation(),
        cluster_count: clusters.len(),
        clusters: cluster_sheet(&chosen, &matrix, &clusters),
        identical: identical_sheet(&chosen, &matrix),
        pairs: matrix.count(request.min_correlation),
        shown,
        cached,
        notes,
    })
}

fn compute(
    request: &CorrelationsRequest,
    chosen: &Chosen,
    keep: matrix::Keep,
    notes: &mut Vec<String>,
) -> Result<Matrix, WorkflowError> {
    let metadata = run::resolve_complete(&request.workspace, &request.run)?;
    if metadata.facts.is_adopted() && request.of == Of::Signals {
        let clock = series::Clock::even(&metadata);
        notes.extend(clock.note());
        need::check(request, chosen.keys.len(), clock.bars())?;
        let series = series::of_signals(request, &metadata, &clock, &chosen.keys)?;
        return matrix::correlate(series, request.threads, keep);
    }
    let mut replay = Replay::open(&request.workspace, &request.run)?;
    notes.append(&mut replay.notes);
    let clock = series::Clock::of(&replay);
    notes.extend(clock.note());
    need::check(request, chosen.keys.len(), clock.bars())?;
    let series = series::load(request, &mut replay, &clock, &chosen.keys)?;
    matrix::correlate(series, request.threads, keep)
}

/// The strategies that are compared, in the order of evaluation.
struct Chosen {
    keys: Vec<StrategyKey>,
    left_out: usize,
}

impl Chosen {
    fn of(request: &CorrelationsRequest, run_id: RunId) -> Result<Self, WorkflowError> {
        let mut keys = run::strategy_keys(&request.workspace, run_id)?;
        if let Some(strategy) = &request.strategy {
            let known: BTreeSet<String> = keys.iter().map(|key| key.strategy_type.clone()).collect();
            if !known.contains(strategy) {
                let help = match nearest(strategy, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it has {}", known.into_iter().collect::<Vec<_>>().join(", ")),
                };
                return Err(usage(format!("the run has no strategies of type `{strategy}`"), help));
            }
            keys.retain(|key| key.strategy_type == *strategy);
        }
        let left_out = keys.len().saturating_sub(request.strategies);
        if left_out > 0 {
            let sharpe = |at: &usize| keys[*at].sharpe_ratio.unwrap_or(f64::NEG_INFINITY);
            let mut best: Vec<usize> = (0..keys.len()).collect();
            best.sort_by(|a, b| sharpe(b).total_cmp(&sharpe(a)));
            let kept: BTreeSet<usize> = best.into_iter().take(request.strategies).collect();
            let mut at = 0..;
            keys.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
        }
        Ok(Self { keys, left_out })
    }

    fn note(&self) -> Option<String> {
        let left_out = counted(self.left_out, "strategy is", "strategies are");
        let kept = grouped(self.keys.len() as u64);
        (self.left_out > 0).then(|| {
            format!(
                "{left_out} left out: the {kept} with the highest Sharpe ratios are compared; \
                 --strategies N compares more, and time and memory grow with the square of N"
            )
        })
    }

    fn by_id(&self) -> BTreeMap<StrategyId, &StrategyKey> {
        self.keys.iter().map(|key| (key.strategy_id, key)).collect()
    }
}

/// What is said of each strategy of a pair.
const OF_STRATEGY: [(&str, CellKind); 5] = [
    ("strategy_id", CellKind::Text),
    ("strategy_type", CellKind::Text),
    ("symbol", CellKind::Text),
    ("parameters", CellKind::Text),
    ("sharpe_ratio", CellKind::Number),
];

fn about(key: &StrategyKey) -> [Cell; 5] {
    [
        key.strategy_id.to_string().into(),
        key.strategy_type.as_str().into(),
        key.symbol.as_str().into(),
        key.parameters.0.as_str().into(),
        key.sharpe_ratio.into(),
    ]
}

fn write_pairs(
    request: &CorrelationsRequest,
    chosen: &Chosen,
    matrix: &Matrix,
    sink: &mut dyn RowSink,
) -> usize {
    let others = OF_STRATEGY.map(|(name, kind)| (format!("other_{name}"), kind));
    let others = others.iter().map(|(name, kind)| (name.as_str(), *kind));
    let head = std::iter::once(("correlation", CellKind::Number));
    sink.columns(&Sheet::new(head.chain(OF_STRATEGY).chain(others)).columns);
    let by_id = chosen.by_id();
    let mut shown = 0;
    let asked = matrix.pairs.iter().take_while(|pair| pair.correlation >= request.min_correlation);
    for Pair { first, second, correlation } in asked.take(request.limit.unwrap_or(usize::MAX)) {
        let key = |series: u32| by_id[&matrix.members[series as usize][0]];
        let mut row = vec![Cell::from(*correlation)];
        row.extend(about(key(*first)));
        row.extend(about(key(*second)));
        shown += 1;
        if sink.row(row).is_break() {
            break;
        }
    }
    shown
}

/// The largest clusters, each with its best strategy.
fn cluster_sheet(chosen: &Chosen, matrix: &Matrix, clusters: &[Vec<u32>]) -> Sheet {
    let ids = |cluster: &Vec<u32>| -> Vec<StrategyId> {
        cluster.iter().flat_map(|series| matrix.members[*series as usize].iter().copied()).collect()
    };
    group_sheet(chosen, clusters.iter().map(ids))
}

fn identical_sheet(chosen: &Chosen, matrix: &Matrix) -> Sheet {
    group_sheet(chosen, matrix.members.iter().filter(|ids| ids.len() > 1).cloned())
}

/// The largest groups of strategies, each with its best one.
fn group_sheet(chosen: &Chosen, groups: impl Iterator<Item = Vec<StrategyId>>) -> Sheet {
    let columns =
        [("strategies", CellKind::Integer), ("types", CellKind::Text), ("best_strategy_id", CellKind::Text)];
    let mut sheet = Sheet::new(columns.into_iter().chain(OF_STRATEGY.into_iter().skip(1)));
    let by_id = chosen.by_id();
    let mut groups: Vec<Vec<&StrategyKey>> =
        groups.map(|ids| ids.iter().map(|id| by_id[id]).collect()).collect();
    // Stable: of equally large groups the one that was evaluated first.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups.into_iter().take(GROUP_ROWS) {
        let types: BTreeSet<&str> = group.iter().map(|key| key.strategy_type.as_str()).collect();
        let sharpe = |key: &&&StrategyKey| key.sharpe_ratio.unwrap_or(f64::NEG_INFINITY);
        let best = group.iter().rev().max_by(|a, b| sharpe(a).total_cmp(&sharpe(b)));
        let Some(best) = best else { continue };
        let mut row = vec![group.len().into(), types.into_iter().collect::<Vec<_>>().join(" ").into()];
        row.extend(about(best));
        sheet.push(row);
    }
    sheet
}

fn usage(message: String, help: String) -> WorkflowError {
    WorkflowError::Usage { message, help: Some(help) }
}

/// Why no signals can be read.
pub(crate) fn no_signals(run_id: RunId) -> WorkflowError {
    WorkflowError::Usage {
        message: format!("run {run_id} kept no signals"),
        help: Some("correlate returns, or run the spec again with `keep: {signals: all}`".to_owned()),
    }
}

#[cfg(test)]
mod tests;
