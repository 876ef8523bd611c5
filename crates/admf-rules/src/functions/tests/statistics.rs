//! Statistics: undefined inputs, edges, and no drift over a million bars.

use super::*;

#[test]
fn windows_wait_until_they_are_full_again_after_a_hole() {
    let closes = [Some(1.0), Some(2.0), Some(6.0), HOLE, Some(5.0), Some(3.0), Some(4.0), Some(8.0)];
    let world = World::of_closes(&closes);
    let table = [
        ("sum(close, 3)", [HOLE, HOLE, Some(9.0), HOLE, HOLE, HOLE, Some(12.0), Some(15.0)]),
        ("median(close, 3)", [HOLE, HOLE, Some(2.0), HOLE, HOLE, HOLE, Some(4.0), Some(4.0)]),
        (
            "percentile(close, 2, 25%)",
            [HOLE, Some(1.25), Some(3.0), HOLE, HOLE, Some(3.5), Some(3.25), Some(5.0)],
        ),
        ("rank(close, 2)", [HOLE, Some(1.0), Some(1.0), HOLE, HOLE, Some(0.5), Some(1.0), Some(1.0)]),
        ("zscore(close, 2)", [HOLE, Some(1.0), Some(1.0), HOLE, HOLE, Some(-1.0), Some(1.0), Some(1.0)]),
        ("variance(close, 2)", [HOLE, Some(0.25), Some(4.0), HOLE, HOLE, Some(1.0), Some(0.25), Some(4.0)]),
        ("since_highest(close, 3)", [HOLE, HOLE, Some(0.0), HOLE, HOLE, HOLE, Some(2.0), Some(0.0)]),
        ("since_lowest(close, 3)", [HOLE, HOLE, Some(2.0), HOLE, HOLE, HOLE, Some(1.0), Some(2.0)]),
        ("slope(close, 2)", [HOLE, Some(1.0), Some(4.0), HOLE, HOLE, Some(-2.0), Some(1.0), Some(4.0)]),
        ("linear_regression(close, 2)", closes.map(|close| close.filter(|c| ![1.0, 5.0].contains(c)))),
        (
            "corr(close, 2 * close, 2)",
            [HOLE, Some(1.0), Some(1.0), HOLE, HOLE, Some(1.0), Some(1.0), Some(1.0)],
        ),
        (
            "hedge_ratio(close, -close, 2)",
            [HOLE, Some(-1.0), Some(-1.0), HOLE, HOLE, Some(-1.0), Some(-1.0), Some(-1.0)],
        ),
        // n returns take n + 1 levels: the bar after a hole has no return.
        ("beta(close, close, 2)", [HOLE, HOLE, Some(1.0), HOLE, HOLE, HOLE, Some(1.0), Some(1.0)]),
        // Single values: a hole costs the bars that look at it and no others.
        ("change(close, 2)", [HOLE, HOLE, Some(5.0), HOLE, Some(-1.0), HOLE, Some(-1.0), Some(5.0)]),
    ];
    for (rule, expected) in table {
        assert_eq!(column(&world, rule), expected, "{rule}");
    }
}

#[test]
fn records_go_on_after_a_hole() {
    let world = World::of_closes(&[Some(-1.0), Some(4.0), Some(3.0), HOLE, Some(2.0), Some(5.0)]);
    let some = |values: [f64; 6]| values.map(Some);
    let mut peaks = some([-1.0, 4.0, 4.0, 0.0, 4.0, 5.0]);
    let mut falls = some([0.0, 0.0, 0.25, 0.0, 0.5, 0.0]);
    (peaks[3], falls[3]) = (HOLE, HOLE);
    assert_eq!(column(&world, "peak(close)"), peaks);
    falls[0] = HOLE;
    assert_eq!(column(&world, "drawdown(close)"), falls, "a fraction of a negative peak means nothing");
}

#[test]
fn what_has_no_spread_has_no_shape() {
    let flat = World::of_closes(&[Some(0.1); 12]);
    for rule in [
        "zscore(close, 4)",
        "skew(close, 4)",
        "kurtosis(close, 4)",
        "r_squared(close, 4)",
        "corr(close, open, 4)",
        "hedge_ratio(close, open, 4)",
        "beta(close, open, 4)",
    ] {
        assert_eq!(column(&flat, rule), [None; 12], "{rule}");
    }
    assert_eq!(column(&flat, "slope(close, 4)")[3..], [Some(0.0); 9]);
    assert_eq!(column(&flat, "rank(close, 4)")[3..], [Some(0.625); 9], "the mean of ranks 1 to 4, of 4");
    let zeros = World::of_closes(&[Some(0.0), Some(1.0), Some(2.0), Some(4.0), Some(4.0)]);
    let beta = column(&zeros, "beta(close, close, 2)");
    assert_eq!(
        beta,
        [None, None, None, None, Some(1.0)],
        "a return from zero is none, and two equal ones no move"
    );
}

#[test]
fn the_latest_of_equal_extremes_counts() {
    let world = World::of_closes(&[2.0, 3.0, 3.0, 1.0, 1.0, 3.0].map(Some));
    assert_eq!(column(&world, "since_highest(close, 4)")[3..], [1.0, 2.0, 0.0].map(Some));
    assert_eq!(column(&world, "since_lowest(close, 4)")[3..], [0.0, 0.0, 1.0].map(Some));
}

#[test]
fn mean_is_another_name_of_sma() {
    let mut graph = Graph::new();
    assert_eq!(bind("mean(close, 5)", &mut graph), bind("sma(close, 5)", &mut graph));
}

/// Whole multiples of 1/64 around zero, so that they stay exact on a level of a thousand million.
fn walk(bars: usize) -> Vec<[f64; 2]> {
    let mut state: u64 = 5;
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % 257) as f64 / 64.0 - 2.0
    };
    let mut at = [0.0_f64; 2];
    (0..bars)
        .map(|_| {
            let (own, both) = (draw(), draw());
            at = [(at[0] + own).clamp(-1e3, 1e3), (at[1] + own / 2.0 + both / 2.0).clamp(-1e3, 1e3)];
            at
        })
        .collect()
}

/// Two-pass formulas on values near zero; the first of each pair is `x`.
fn fresh(name: &str, window: &[[f64; 2]]) -> f64 {
    let n = window.len() as f64;
    let mean = [0, 1].map(|i| window.iter().map(|w| w[i]).sum::<f64>() / n);
    let moment = |f: &dyn Fn(f64, f64, f64) -> f64| {
        let terms = window
            .iter()
            .enumerate()
            .map(|(t, w)| f(w[0] - mean[0], w[1] - mean[1], t as f64 - (n - 1.0) / 2.0));
        terms.sum::<f64>() / n
    };
    let (xx, yy, xy) = (moment(&|x, _, _| x * x), moment(&|_, y, _| y * y), moment(&|x, y, _| x * y));
    let (xt, tt) = (moment(&|x, _, t| x * t), moment(&|_, _, t| t * t));
    match name {
        "sum" => mean[0] * n,
        "variance" => xx,
        "stdev" => xx.sqrt(),
        "zscore" => (window[window.len() - 1][0] - mean[0]) / xx.sqrt(),
        "skew" => moment(&|x, _, _| x.powi(3)) / xx.powf(1.5),
        "kurtosis" => moment(&|x, _, _| x.powi(4)) / (xx * xx),
        "corr" => xy / (xx * yy).sqrt(),
        "covariance" => xy,
        "hedge_ratio" => xy / yy,
        "slope" => xt / tt,
        "linear_regression" => mean[0] + xt / tt * (n - 1.0) / 2.0,
        "r_squared" => xt * xt / (xx * tt),
        _ => panic!("{name}"),
    }
}

#[test]
fn statistics_do_not_drift_on_a_huge_level_with_a_spike() {
    const LEVEL: f64 = 1e9;
    const SPIKE: usize = 500_000;
    let values = walk(1_000_000);
    let shifted = ["sum", "linear_regression"];
    let names = [
        "zscore",
        "skew",
        "kurtosis",
        "corr",
        "covariance",
        "hedge_ratio",
        "slope",
        "r_squared",
        "variance",
        "stdev",
    ];
    for (name, n) in names.into_iter().chain(shifted).flat_map(|name| [(name, 20), (name, 500)]) {
        let mut step = (Function::find(name).unwrap().make)(&[n as f64]);
        for (bar, value) in values.iter().enumerate() {
            let spike = if bar == SPIKE { 1e15 } else { 0.0 };
            let ours = step.next(&[Some(LEVEL + value[0] + spike), Some(LEVEL + value[1])]);
            let close_up = (SPIKE + n..SPIKE + n + 40).contains(&bar) || bar >= 999_980;
            let with_spike = (SPIKE..SPIKE + n).contains(&bar);
            if bar + 1 < n || with_spike || !(close_up || bar % 19_997 == 0) {
                continue;
            }
            let expected = fresh(name, &values[bar + 1 - n..=bar]);
            let level = match name {
                "sum" => LEVEL * n as f64,
                "linear_regression" => LEVEL,
                _ => 0.0,
            };
            let error = (ours.unwrap() - (level + expected)).abs();
            assert!(error <= 1e-9 * expected.abs().max(1.0), "{name} of {n} at {bar}: {ours:?}, {expected}");
        }
    }
}
