//! In which order candidates are evaluated: those that read the same columns one after the other, while the columns are
//! in the core's own cache.

use crate::sweep::Candidate;
use admf_rules::{BoundStrategy, Graph};

/// Columns on each side of a tile: its columns, and the market's tables, fit into a cache of 2 MiB for some thousand bars.
const TILE: u32 = 8;

/// The positions of all candidates, tile after tile of the first two functions that their rules read.
pub(crate) fn by_columns(graph: &Graph, candidates: &[Candidate]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_cached_key(|at| {
        let Candidate { symbol, rule } = &candidates[*at];
        let [first, second] = columns(graph, rule);
        (*symbol, first / TILE, second / TILE, first, second)
    });
    order
}

/// The first two functions that the conditions read; the same one twice where there is no other.
fn columns(graph: &Graph, rule: &BoundStrategy) -> [u32; 2] {
    let mut found = None;
    let mut open: Vec<_> =
        [rule.exit_short, rule.exit_long, rule.short, rule.long].into_iter().flatten().collect();
    while let Some(node) = open.pop() {
        match (graph.call_index(node), found) {
            (Some(index), None) => found = Some(index),
            (Some(index), Some(first)) if index != first => return [first, index],
            (Some(_), Some(_)) => {}
            (None, _) => {
                let behind = open.len();
                open.extend(graph.operands(node));
                open[behind..].reverse();
            }
        }
    }
    [found.unwrap_or(0); 2]
}
