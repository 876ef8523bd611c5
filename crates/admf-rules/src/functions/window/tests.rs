//! Windows against a fresh computation over the same values.

use super::total::Total;
use super::*;

/// A long walk with one spike, from a fixed linear congruential generator (Knuth's MMIX constants).
fn walk(bars: usize, spike_at: usize) -> Vec<f64> {
    let mut state: u64 = 42;
    let mut level = 100.0;
    (0..bars)
        .map(|bar| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            level += (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
            level = level.clamp(50.0, 150.0);
            if bar == spike_at { 1e9 } else { level }
        })
        .collect()
}

fn near(ours: f64, fresh: f64) -> bool {
    (ours - fresh).abs() <= 1e-12 * fresh.abs()
}

/// The corrected two-pass algorithm (Chan, Golub, LeVeque 1983, equation 1.7), on values moved near zero first.
fn two_pass_variance(window: &[f64]) -> f64 {
    let n = window.len() as f64;
    let moved: Vec<f64> = window.iter().map(|v| v - window[0]).collect();
    let mean = moved.iter().sum::<f64>() / n;
    let squares = moved.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
    let rounding = moved.iter().map(|v| v - mean).sum::<f64>();
    (squares - rounding * rounding / n) / n
}

#[test]
fn sums_and_deviations_do_not_drift_over_a_million_bars_with_a_spike() {
    let values = walk(1_000_000, 500_000);
    for n in [2, 7, 50, 1000] {
        let (mut sum, mut spread) = (Total::new(n), Window::<Spread>::new(n));
        for (bar, value) in values.iter().enumerate() {
            let (sum, spread) = (sum.push(Some(*value)), spread.push(Some(*value)));
            // A fresh sum of every window would take minutes: a sample, and everything around the spike and the end.
            let close_up = (499_990..502_100).contains(&bar) || bar >= 999_900;
            if bar + 1 < n || !(close_up || bar % 997 == 0) {
                continue;
            }
            let window = &values[bar + 1 - n..=bar];
            let fresh = window.iter().sum::<f64>();
            assert!(near(sum.unwrap(), fresh), "sum of {n} at {bar}");
            assert!(
                near(spread.unwrap().population_variance(), two_pass_variance(window)),
                "variance of {n} at {bar}"
            );
        }
    }
}

#[test]
fn equal_values_have_the_same_mean_on_every_bar_and_no_spread() {
    // A rounding error that wandered through the window would let a flat price cross its own average.
    for n in [3, 10, 49, 200] {
        let (mut sum, mut spread) = (Total::new(n), Window::<Spread>::new(n));
        let mut seen = Vec::new();
        for _ in 0..5 * n {
            let (sum, spread) = (sum.push(Some(0.1)), spread.push(Some(0.1)));
            seen.extend(sum.map(|s| s.to_bits()));
            assert!(spread.is_none_or(|s| s.population_variance() == 0.0));
        }
        assert_eq!(seen.len(), 4 * n + 1);
        assert!(seen.iter().all(|bits| *bits == (0.1 * n as f64).to_bits()), "n = {n}");
    }
}

#[test]
fn a_small_spread_keeps_its_digits_on_a_large_level_and_after_a_larger_one() {
    let small = |bar: usize| [3.0, -1.0, 2.0, 0.5, -2.5, 1.25, 0.0][bar % 7];
    let mut window = Window::<Spread>::new(20);
    for bar in 0..400 {
        let level = if bar < 5 { 1e15 } else { 1e8 };
        let spread = window.push(Some(level + small(bar)));
        if bar >= 30 {
            let fresh: Vec<f64> = (bar + 1 - 20..=bar).map(small).collect();
            assert!(near(spread.unwrap().population_variance(), two_pass_variance(&fresh)), "at {bar}");
        }
    }
}

#[test]
fn extremes_are_those_of_the_window_for_every_length() {
    let values = walk(300, 150);
    for n in 1..40 {
        let (mut high, mut low) = (Window::<Highest>::new(n), Window::<Lowest>::new(n));
        for bar in 0..values.len() {
            let (high, low) = (high.push(Some(values[bar])), low.push(Some(values[bar])));
            assert_eq!(high.is_some(), bar + 1 >= n);
            if let (Some(high), Some(low)) = (high, low) {
                let window = &values[bar + 1 - n..=bar];
                assert_eq!(high.0, window.iter().copied().fold(f64::MIN, f64::max));
                assert_eq!(low.0, window.iter().copied().fold(f64::MAX, f64::min));
            }
        }
    }
}

#[test]
fn a_hole_at_any_place_empties_the_window() {
    for n in 1..6 {
        for hole in 0..12 {
            let mut window = Total::new(n);
            for bar in 0..24_usize {
                let sum = window.push((bar != hole).then_some(bar as f64));
                let full = bar + 1 >= n && !(bar + 1 - n..=bar).contains(&hole);
                let expected = full.then(|| (bar + 1 - n..=bar).sum::<usize>() as f64);
                assert_eq!(sum, expected, "n {n}, hole {hole}, bar {bar}");
            }
        }
    }
}
