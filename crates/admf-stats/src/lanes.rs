//! Sums of many values, eight side by side: the compiler makes vectors of them, and the result is the same on every
//! processor.

use admf_model::vectorized;

/// Values side by side.
pub(crate) const LANES: usize = 8;

/// The sum.
pub fn sum(values: &[f64]) -> f64 {
    vectorized(
        #[inline(always)]
        || {
            let mut sums = [0.0; LANES];
            let (chunks, rest) = values.as_chunks::<LANES>();
            for chunk in chunks {
                for lane in 0..LANES {
                    sums[lane] += chunk[lane];
                }
            }
            for (sum, value) in sums.iter_mut().zip(rest) {
                *sum += value;
            }
            total(&sums)
        },
    )
}

/// Σ a·b of values side by side.
///
/// # Panics
/// When there are not as many of one as of the other.
pub fn product_sum(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len(), "each value has its partner");
    vectorized(
        #[inline(always)]
        || {
            let mut sums = [0.0; LANES];
            let ((chunks_a, rest_a), (chunks_b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
            for (a, b) in chunks_a.iter().zip(chunks_b) {
                for lane in 0..LANES {
                    sums[lane] += a[lane] * b[lane];
                }
            }
            for (lane, (a, b)) in rest_a.iter().zip(rest_b).enumerate() {
                sums[lane] += a * b;
            }
            total(&sums)
        },
    )
}

/// The sum of eight values.
#[inline(always)]
pub(crate) fn total(values: &[f64; LANES]) -> f64 {
    across(values, |a, b| a + b)
}

/// The highest of some eights of values.
#[inline(always)]
pub(crate) fn highest<const N: usize>(values: &[f64; N]) -> f64 {
    across(&lane_by_lane(values, |a, b| if a > b { a } else { b }), |a, b| if a > b { a } else { b })
}

/// The lowest of some eights of values.
#[inline(always)]
pub(crate) fn lowest<const N: usize>(values: &[f64; N]) -> f64 {
    across(&lane_by_lane(values, |a, b| if a < b { a } else { b }), |a, b| if a < b { a } else { b })
}

/// What becomes of each lane of some eights of values.
#[inline(always)]
fn lane_by_lane<const N: usize>(values: &[f64; N], pick: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    const { assert!(N >= LANES && N.is_multiple_of(LANES), "whole vectors") }
    let (chunks, _) = values.as_chunks::<LANES>();
    let mut lanes = chunks[0];
    for chunk in &chunks[1..] {
        for lane in 0..LANES {
            lanes[lane] = pick(lanes[lane], chunk[lane]);
        }
    }
    lanes
}

/// What becomes of eight values in three steps.
#[inline(always)]
fn across(values: &[f64; LANES], pick: impl Fn(f64, f64) -> f64) -> f64 {
    let four: [f64; 4] = std::array::from_fn(|i| pick(values[i], values[i + 4]));
    pick(pick(four[0], four[2]), pick(four[1], four[3]))
}

#[cfg(test)]
mod tests {
    use super::{highest, lowest, product_sum, sum};

    #[test]
    fn every_value_counts_once() {
        for n in 0..40 {
            let values: Vec<f64> = (1..=n).map(f64::from).collect();
            let n = f64::from(n);
            // Gauss; and the sum of the first squares.
            assert_eq!(sum(&values), n * (n + 1.0) / 2.0);
            assert_eq!(product_sum(&values, &values), n * (n + 1.0) * (2.0 * n + 1.0) / 6.0);
        }
        for at in 0..16 {
            let mut values = [1.0; 16];
            values[at] = 2.0;
            assert_eq!((highest(&values), lowest(&values)), (2.0, 1.0));
            values[at] = 0.5;
            assert_eq!((highest(&values), lowest(&values)), (1.0, 0.5));
        }
    }
}
