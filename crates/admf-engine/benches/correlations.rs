//! Correlations between 5,000 series of 13 years of days, all pairs.
//!
//! `cargo xtask bench` runs it and compares it with what stands beside each row.

use admf_engine::{Profiles, Workers, correlations};
use divan::Bencher;
use std::num::NonZeroUsize;

const SERIES: usize = 5_000;
const BARS: usize = 3_270;

fn main() {
    divan::main();
}

fn profiles() -> Profiles {
    let mut state = 42_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    let mut profiles = Profiles::new(BARS, SERIES);
    for _ in 0..SERIES {
        let series: Vec<f64> = (0..BARS).map(|_| uniform()).collect();
        assert!(profiles.push(&series), "chance varies");
    }
    profiles
}

/// What `admf analytics correlations` spends its time with.
// must: 4 s with 2
#[divan::bench(args = [1, 2], sample_count = 3)]
fn all_pairs(bencher: Bencher<'_, '_>, threads: usize) {
    let profiles = profiles();
    let workers =
        Workers::new(NonZeroUsize::new(threads).expect("at least one thread")).expect("threads start");
    bencher.bench_local(|| {
        let mut seen = 0;
        correlations(&workers, &profiles, |_, found| seen += found.len());
        assert_eq!(seen, SERIES * (SERIES - 1) / 2);
        seen
    });
}
