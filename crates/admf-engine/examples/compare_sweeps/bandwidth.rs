//! How fast one core reads numbers that lie in its cache: the limit that a sweep is measured against.

use crate::worker::{Outcome, repeated};
use pulp::{Arch, Simd, WithSimd};
use serde_json::json;

/// Bytes per second for a column of so many bytes, read again and again.
pub(crate) fn run(bytes: usize) -> Outcome {
    let column = vec![1.0; bytes / 8];
    let arch = Arch::new();
    let (seconds, total) = repeated(|| (), |()| (0..64).map(|_| arch.dispatch(Sum(&column))).sum::<f64>());
    assert!(total > 0.0, "the sum is of ones");
    let mut outcome = Outcome::new(seconds);
    outcome.details.insert("bytes_per_second".to_owned(), json!((bytes * 64) as f64 / seconds));
    outcome
}

/// Adds a column up with the widest vectors there are, in eight chains so that additions do not wait for each other.
struct Sum<'a>(&'a [f64]);

impl WithSimd for Sum<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (vectors, rest) = S::as_simd_f64s(self.0);
        let mut chains = [simd.splat_f64s(0.0); 8];
        let (blocks, remaining) = vectors.as_chunks::<8>();
        for block in blocks {
            for (chain, vector) in chains.iter_mut().zip(block) {
                *chain = simd.add_f64s(*chain, *vector);
            }
        }
        for vector in remaining {
            chains[0] = simd.add_f64s(chains[0], *vector);
        }
        let total = chains.into_iter().reduce(|a, b| simd.add_f64s(a, b)).unwrap_or(chains[0]);
        simd.reduce_sum_f64s(total) + rest.iter().sum::<f64>()
    }
}
