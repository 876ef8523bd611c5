//! Which of many correlated series belong together: clusters by average linkage.

/// Two clusters that become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// A series of the one cluster.
    pub first: u32,
    /// A series of the other.
    pub second: u32,
    /// Mean correlation between a series of the one and a series of the other.
    pub correlation: f64,
}

/// All merges of average linkage, the closest first: cutting where the mean correlation falls below a threshold leaves
/// the clusters whose series are that much alike on average.
///
/// `correlations` holds the pairs above the diagonal row by row: (0,1), (0,2), …, (1,2), …; `weights` says how many
/// equal series each one stands for. Sokal and Michener, A Statistical Method for Evaluating Systematic Relationships,
/// University of Kansas Science Bulletin 38, 1958; by nearest-neighbour chains after Murtagh, A Survey of Recent Advances
/// in Hierarchical Clustering Algorithms, The Computer Journal 26(4), 1983, in time that grows with the square of their
/// number. Equal correlations are decided by the order of the series.
///
/// # Panics
/// When there is not one correlation per pair.
pub fn average_linkage(mut correlations: Vec<f64>, weights: &[f64]) -> Vec<Merge> {
    let count = weights.len();
    assert_eq!(correlations.len(), count * count.saturating_sub(1) / 2, "one correlation per pair");
    let mut weights = weights.to_vec();
    let mut open: Vec<usize> = (0..count).collect();
    let mut merges = Vec::with_capacity(count.saturating_sub(1));
    let mut chain: Vec<usize> = Vec::new();
    while open.len() > 1 {
        let tip = *chain.last().unwrap_or(&open[0]);
        if chain.is_empty() {
            chain.push(tip);
        }
        let before = chain.len().checked_sub(2).map(|at| chain[at]);
        let (nearest, correlation) = nearest(&correlations, count, &open, tip, before);
        if Some(nearest) != before {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (kept, gone) = (tip.min(nearest), tip.max(nearest));
        merges.push(Merge { first: kept as u32, second: gone as u32, correlation });
        let (a, b) = (weights[kept], weights[gone]);
        open.retain(|other| *other != gone);
        for other in open.iter().copied().filter(|other| *other != kept) {
            let moved = correlations[place(count, gone, other)];
            let own = &mut correlations[place(count, kept, other)];
            *own = (a * *own + b * moved) / (a + b);
        }
        weights[kept] = a + b;
    }
    // Chains find merges out of order; of equal ones the order found is one in which clusters grow.
    merges.sort_by(|one, other| other.correlation.total_cmp(&one.correlation));
    merges
}

/// The most correlated open cluster; the one before in the chain wins a tie, which ends the chain, else the first.
fn nearest(
    correlations: &[f64],
    count: usize,
    open: &[usize],
    tip: usize,
    before: Option<usize>,
) -> (usize, f64) {
    let mut best = before.map_or((tip, f64::NEG_INFINITY), |b| (b, correlations[place(count, tip, b)]));
    for other in open.iter().copied().filter(|other| *other != tip) {
        let correlation = correlations[place(count, tip, other)];
        if correlation > best.1 {
            best = (other, correlation);
        }
    }
    best
}

/// Where the correlation of two different series is.
fn place(count: usize, a: usize, b: usize) -> usize {
    let (a, b) = (a.min(b), a.max(b));
    a * count - a * (a + 1) / 2 + b - a - 1
}

#[cfg(test)]
mod tests;
