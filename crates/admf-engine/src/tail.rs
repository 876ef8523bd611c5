//! The worst net returns, found by walking the market's returns, the worst first, against the bars held.

use admf_stats::{Tail, tail_count};

/// The evaluated bars of a strategy.
pub(crate) struct Bars<'a> {
    /// Returns that were written down: of bars at which the position changed. More are added to them.
    pub(crate) returns: &'a mut Vec<f64>,
    /// Bars whose return was the market's own, a bit each.
    pub(crate) held: &'a [u64],
    /// How many others there are, of no return.
    pub(crate) flat: usize,
}

/// The tail of all bars, which are in `by_return` with the market's return, lowest first; `worst` is memory to be used
/// again.
pub(crate) fn tail(by_return: &[(u32, f64)], bars: Bars<'_>, worst: &mut Vec<f64>) -> Tail {
    let Bars { returns, held, flat } = bars;
    let k = tail_count(by_return.len());
    worst.clear();
    if held.iter().any(|word| *word != 0) {
        // Where flat bars fill the tail, gains are not in it.
        let losses = by_return.partition_point(|(_, r)| *r <= 0.0);
        let walked = if flat >= k { &by_return[..losses] } else { by_return };
        take_held(walked, held, k, worst);
    }
    let flat_is_worse = flat > 0 && worst.last().is_some_and(|mildest| *mildest > 0.0);
    if worst.len() == k && !flat_is_worse {
        return Tail::from_sorted(worst, returns);
    }
    returns.extend_from_slice(worst);
    returns.resize(returns.len() + flat.min(k), 0.0);
    Tail::from_candidates(returns, k)
}

/// The first `k` returns of held bars.
fn take_held(walked: &[(u32, f64)], held: &[u64], k: usize, worst: &mut Vec<f64>) {
    /// Bars between two looks at how many there are.
    const STEP: usize = 16;
    worst.resize(k + STEP, 0.0);
    let mut taken = 0;
    for step in walked.chunks(STEP) {
        for (bar, r) in step {
            // Without a branch: which bars are held cannot be predicted.
            worst[taken] = *r;
            taken += (held[*bar as usize / 64] >> (bar % 64) & 1) as usize;
        }
        if taken >= k {
            break;
        }
    }
    worst.truncate(taken.min(k));
}

#[cfg(test)]
mod tests {
    use super::{Bars, tail};
    use admf_stats::Tail;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_that_of_all_returns_written_down(
            // What a bar is: held (0 to 7), changed (8) or flat (9); a market of falls, of rises or of both.
            market in prop_oneof![
                prop::collection::vec((-0.1..0.0, 0..10), 1..200),
                prop::collection::vec((0.0..0.1, 0..10), 1..200),
                prop::collection::vec((-0.1..0.1, 7..10), 1..200),
                prop::collection::vec((0.01..0.1, prop_oneof![99 => Just(0), 1 => Just(9)]), 100..200),
            ],
        ) {
            let mut by_return: Vec<(u32, f64)> = (0..).zip(market.iter().map(|(r, _)| *r)).collect();
            by_return.sort_by(|a, b| a.1.total_cmp(&b.1));
            let mut held = vec![0_u64; market.len().div_ceil(64)];
            let (mut changed, mut flat, mut all) = (Vec::new(), 0, Vec::new());
            for (bar, (r, what)) in market.iter().enumerate() {
                match what {
                    9 => flat += 1,
                    8 => changed.push(r - 0.001),
                    _ => held[bar / 64] |= 1 << (bar % 64),
                }
                all.push(match what { 9 => 0.0, 8 => r - 0.001, _ => *r });
            }
            let bars = Bars { returns: &mut changed, held: &held, flat };
            let (found, expected) = (tail(&by_return, bars, &mut Vec::new()), Tail::from_returns(&mut all));
            prop_assert_eq!(found.value_at_risk, expected.value_at_risk);
            let shortfall = |tail: Tail| tail.expected_shortfall.unwrap();
            prop_assert!((shortfall(found) - shortfall(expected)).abs() < 1e-15);
        }
    }
}
