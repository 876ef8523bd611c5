//! The worst 5 % of bars (rule 20).

use crate::ratio;
use admf_model::vectorized;

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

    /// From all of the tail but for what `others` have in it, lowest first; `others` are reordered.
    pub fn from_sorted(worst: &[f64], others: &mut [f64]) -> Self {
        let Some(mildest) = worst.last() else { return Self::default() };
        let found = to_front(others, *mildest);
        let others = &mut others[..found];
        others.sort_unstable_by(f64::total_cmp);
        // Each of the others takes the place of the mildest that is left, as long as it is worse.
        let replaces =
            |(at, other): &(usize, &f64)| worst.len() > *at && **other < worst[worst.len() - 1 - at];
        let replaced = others.iter().enumerate().take_while(replaces).count();
        let (kept, others) = (&worst[..worst.len() - replaced], &others[..replaced]);
        let mildest = kept.last().into_iter().chain(others.last()).copied().reduce(f64::max);
        let sum = kept.iter().sum::<f64>() + others.iter().sum::<f64>();
        Self {
            value_at_risk: mildest.map(|mildest| 0.0 - mildest),
            expected_shortfall: ratio(0.0 - sum, worst.len() as f64),
        }
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
    let found = to_front(candidates, *limit);
    if found < k { n } else { found }
}

/// Moves the values below a limit to the front and gives their number. They are few: vectors find the words of 64 in
/// which they are.
fn to_front(values: &mut [f64], limit: f64) -> usize {
    let mut found = 0;
    let words = values.len() / 64;
    for word in 0..words {
        let block: &[f64; 64] = values[word * 64..][..64].as_array().expect("64 values");
        let mut below = vectorized(
            #[inline(always)]
            || {
                let mut below = 0;
                for (bit, value) in block.iter().enumerate() {
                    below |= u64::from(*value < limit) << bit;
                }
                below
            },
        );
        while below != 0 {
            values.swap(found, word * 64 + below.trailing_zeros() as usize);
            below &= below - 1;
            found += 1;
        }
    }
    for at in words * 64..values.len() {
        if values[at] < limit {
            values.swap(found, at);
            found += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests;
