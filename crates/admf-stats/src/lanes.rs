//! Sums of many values, eight side by side: the compiler makes vectors of them, and the result is the same on every
//! processor.

use admf_model::vectorized;

/// Values side by side.
const LANES: usize = 8;

/// The sum.
pub fn sum(values: &[f64]) -> f64 {
    vectorized(
        #[inline(always)]
        || sum_of(values, |value| value),
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
            across(&sums, |a, b| a + b)
        },
    )
}

/// The sum of a function of the values.
#[inline(always)]
pub(crate) fn sum_of(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let [sum] = sums_of(values, |value| [term(value)]);
    sum
}

/// The sums of several functions of the values.
#[inline(always)]
pub(crate) fn sums_of<const N: usize>(values: &[f64], terms: impl Fn(f64) -> [f64; N]) -> [f64; N] {
    let mut sums = [[0.0; LANES]; N];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            for (sum, term) in sums.iter_mut().zip(terms(chunk[lane])) {
                sum[lane] += term;
            }
        }
    }
    for (lane, value) in rest.iter().enumerate() {
        for (sum, term) in sums.iter_mut().zip(terms(*value)) {
            sum[lane] += term;
        }
    }
    sums.map(|lanes| across(&lanes, |a, b| a + b))
}

/// The highest of eight values.
#[inline(always)]
pub(crate) fn highest(values: &[f64; LANES]) -> f64 {
    across(values, |a, b| if a > b { a } else { b })
}

/// The lowest of eight values.
#[inline(always)]
pub(crate) fn lowest(values: &[f64; LANES]) -> f64 {
    across(values, |a, b| if a < b { a } else { b })
}

/// What becomes of eight values in three steps.
#[inline(always)]
fn across(values: &[f64; LANES], pick: impl Fn(f64, f64) -> f64) -> f64 {
    let four: [f64; 4] = std::array::from_fn(|i| pick(values[i], values[i + 4]));
    pick(pick(four[0], four[2]), pick(four[1], four[3]))
}

/// The lowest of many values; infinity of none.
#[inline(always)]
pub(crate) fn lowest_of(values: &[f64]) -> f64 {
    let mut lanes = [f64::INFINITY; LANES];
    let (blocks, rest) = values.as_chunks::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            lanes[lane] = if block[lane] < lanes[lane] { block[lane] } else { lanes[lane] };
        }
    }
    rest.iter().fold(lowest(&lanes), |lowest, value| lowest.min(*value))
}

#[cfg(test)]
mod tests {
    use super::{lowest_of, product_sum, sum};

    #[test]
    fn every_value_counts_once() {
        for n in 0..40 {
            let values: Vec<f64> = (1..=n).map(f64::from).collect();
            let n = f64::from(n);
            // Gauss; and the sum of the first squares.
            assert_eq!(sum(&values), n * (n + 1.0) / 2.0);
            assert_eq!(product_sum(&values, &values), n * (n + 1.0) * (2.0 * n + 1.0) / 6.0);
            for at in 0..values.len() {
                let mut values = values.clone();
                values[at] = -1.0;
                assert_eq!(lowest_of(&values), -1.0);
            }
        }
        assert_eq!(lowest_of(&[]), f64::INFINITY);
    }
}
