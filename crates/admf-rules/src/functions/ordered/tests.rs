//! The order of a window against sorting it afresh.

use super::*;

/// Whole numbers from a fixed linear congruential generator (Knuth's MMIX constants), `kinds` different ones.
fn draws(count: usize, kinds: u64) -> Vec<f64> {
    let mut state: u64 = 7;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % kinds) as f64 - 3.0
        })
        .collect()
}

#[test]
fn ranks_and_percentiles_are_those_of_the_sorted_window() {
    // Few kinds: many equal values, whole buckets of them. Long windows: several buckets.
    for (n, kinds) in [(1, 5), (2, 3), (9, 4), (50, 1_000_000), (1300, 3), (3000, 1_000_000)] {
        let values = draws(3 * n + 40, kinds);
        let mut ordered = Ordered::new(n);
        for (bar, value) in values.iter().enumerate() {
            let full = ordered.push(Some(*value));
            assert_eq!(full, bar + 1 >= n);
            if !full || (n > 100 && bar % 97 != 0) {
                continue;
            }
            let mut window = values[bar + 1 - n..=bar].to_vec();
            window.sort_by(f64::total_cmp);
            assert_eq!(ordered.below(*value), window.iter().filter(|v| *v < value).count());
            assert_eq!(ordered.up_to(*value), window.iter().filter(|v| *v <= value).count());
            for index in [0, n / 3, n / 2, n - 1] {
                assert_eq!(ordered.nth(index), window[index], "n {n}, bar {bar}, index {index}");
            }
            assert_eq!((ordered.percentile(0.0), ordered.percentile(1.0)), (window[0], window[n - 1]));
        }
    }
}

#[test]
fn a_hole_empties_the_window() {
    let mut ordered = Ordered::new(2);
    let full: Vec<bool> =
        [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)].into_iter().map(|v| ordered.push(v)).collect();
    assert_eq!(full, [false, true, false, false, true]);
    assert_eq!(ordered.percentile(0.5), 3.5);
}

#[test]
fn a_long_window_takes_little_longer_per_bar() {
    // Sorting or shifting all of 100,000 values on each of 200,000 bars would take minutes.
    let mut ordered = Ordered::new(100_000);
    let mut sum = 0.0;
    for value in draws(200_000, 1 << 31) {
        if ordered.push(Some(value)) {
            sum += ordered.percentile(0.25);
        }
    }
    assert!(sum > 0.0);
}
