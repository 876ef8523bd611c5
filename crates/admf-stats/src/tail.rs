//! The worst 5 % of bars (rule 20).

use crate::ratio;

/// Number of returns in the tail of `n`: ⌈0.05 n⌉.
pub fn tail_count(n: usize) -> usize {
    n.div_ceil(20)
}

/// What the worst 5 % of bars lost, historical. Positive fractions are losses; both are `None` for no bars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tail {
    /// The mildest loss of the tail: −r₍k₎.
    pub value_at_risk: Option<f64>,
    /// The mean loss of the tail.
    pub expected_shortfall: Option<f64>,
}

impl Tail {
    /// From the `k` = [`tail_count`] smallest returns, in any order.
    pub fn from_worst(worst: &[f64]) -> Self {
        let sum: f64 = worst.iter().sum();
        // Subtracted from zero, since the negative of a return of 0.0 would be the odd-looking -0.0.
        Self {
            value_at_risk: worst.iter().copied().reduce(f64::max).map(|mildest| 0.0 - mildest),
            expected_shortfall: ratio(0.0 - sum, worst.len() as f64),
        }
    }

    /// From all returns, which are reordered: the tail comes first. Linear in their number.
    pub fn from_returns(returns: &mut [f64]) -> Self {
        Self::from_candidates(returns, tail_count(returns.len()))
    }

    /// From candidates among which the `k` smallest returns are, at least `k` of them; they are reordered.
    pub fn from_candidates(candidates: &mut [f64], k: usize) -> Self {
        if k > 0 {
            let few = below_a_sample(candidates, k);
            candidates[..few].select_nth_unstable_by(k - 1, f64::total_cmp);
        }
        Self::from_worst(&candidates[..k])
    }
}

/// Moves those to the front that are below what a sample says is somewhat above the `k`-th smallest; gives their number,
/// or that of all where the sample erred. Cheaper by far than to select among all.
fn below_a_sample(candidates: &mut [f64], k: usize) -> usize {
    const SAMPLE: usize = 128;
    let n = candidates.len();
    if n < 8 * SAMPLE || n < 4 * k {
        return n;
    }
    let step = n / SAMPLE;
    let mut sample: [f64; SAMPLE] = std::array::from_fn(|i| candidates[i * step]);
    // Two standard deviations above the rank that is expected.
    let expected = (k * SAMPLE) as f64 / n as f64;
    let rank = (expected + 2.0 * expected.sqrt()) as usize + 1;
    let (_, limit, _) = sample.select_nth_unstable_by(rank.min(SAMPLE - 1), f64::total_cmp);
    let limit = *limit;
    let mut found = 0;
    for i in 0..n {
        // Without a branch: what is below cannot be predicted.
        let is_below = candidates[i] < limit;
        candidates.swap(i, found);
        found += usize::from(is_below);
    }
    if found < k { n } else { found }
}

#[cfg(test)]
mod tests;
