use super::{TrialStatistics, deflated_sharpe};
use crate::expected_maximum_sharpe;

/// The numerical example of Bailey and López de Prado 2014: Sharpe ratio 2.5 and variance of the trials 0.5, both
/// annual with 250 days a year, 1,250 daily returns.
fn example(trials: u64, skewness: f64, kurtosis: f64) -> f64 {
    let variance = 0.5 / 250.0;
    let expected_maximum = expected_maximum_sharpe(trials, variance);
    let statistics = TrialStatistics { count: trials, variance: Some(variance), expected_maximum };
    deflated_sharpe(2.5 / 250_f64.sqrt(), 1250, skewness, kurtosis, &statistics).unwrap()
}

#[test]
fn the_papers_example_is_reproduced() {
    let benchmark = expected_maximum_sharpe(100, 0.5 / 250.0).unwrap();
    assert!((benchmark - 0.1131720).abs() < 5e-8, "{benchmark}");
    // More digits than the paper prints are from mpmath; pypbo's test_dsr has 0.90039683444939.
    assert!((example(100, -3.0, 10.0) - 0.900396834449391).abs() < 1e-12);
    assert!((example(46, -3.0, 10.0) - 0.9505017068755786).abs() < 1e-12);
    assert!((example(88, 0.0, 3.0) - 0.9504908166760142).abs() < 1e-12);
}

#[test]
fn another_library_agrees() {
    // mlfinlab tests/test_backtest_statistics.py: 1.14, 250 normal returns, trials 3.5, 1.01, 1.02, whose variance it
    // takes with n; more digits from mpmath.
    let sample = TrialStatistics::from_rounds([&[3.5, 1.01, 1.02][..]]);
    let variance = sample.variance.map(|v| v * 2.0 / 3.0);
    let expected_maximum = variance.and_then(|v| expected_maximum_sharpe(sample.count, v));
    let population = TrialStatistics { variance, expected_maximum, ..sample };
    let found = deflated_sharpe(1.14, 250, 0.0, 3.0, &population).unwrap();
    assert!((found - 0.9583658117478664).abs() < 1e-12, "{found}");
}

#[test]
fn the_variance_of_trials_is_that_of_the_sample() {
    // Python's statistics.variance.
    let found = TrialStatistics::from_rounds([&[3.5, 1.01, 1.02][..]]);
    assert_eq!(found.count, 3);
    assert!((found.variance.unwrap() - 2.0584333333333333).abs() < 1e-14);
    let far = TrialStatistics::from_rounds([&[1e6 + 1.0, 1e6 + 2.0, 1e6 + 3.0][..]]);
    assert!((far.variance.unwrap() - 1.0).abs() < 1e-9, "a large mean leaves the variance alone");
}

#[test]
fn luck_is_unknown_without_trials_that_differ() {
    let luck =
        |sharpes: &[f64]| deflated_sharpe(0.1, 500, 0.0, 3.0, &TrialStatistics::from_rounds([sharpes]));
    assert_eq!(luck(&[]), None);
    assert_eq!(luck(&[0.1]), None);
    assert_eq!(luck(&[0.1; 7]), None);
    assert!(luck(&[0.1, 0.05]).is_some());
}

#[test]
fn more_attempts_make_luck_likelier() {
    let probabilities = [2, 10, 100, 10_000].map(|trials| example(trials, -3.0, 10.0));
    assert!(probabilities.is_sorted_by(|few, many| few > many), "{probabilities:?}");
}

#[test]
fn further_trials_never_lower_luck() {
    let varied: Vec<f64> = (0..100).map(|n| f64::from(n) / 1000.0).collect();
    let alike = vec![-0.01; 5000];
    let before = TrialStatistics::from_rounds([&varied[..]]);
    let after = TrialStatistics::from_rounds([&varied[..], &alike[..]]);
    // What the pooled trials alone would say is less.
    let pooled = TrialStatistics::from_rounds([&[varied.as_slice(), alike.as_slice()].concat()[..]]);
    assert!(pooled.expected_maximum < before.expected_maximum, "{pooled:?} {before:?}");
    assert_eq!((after.count, after.variance), (pooled.count, pooled.variance));
    assert_eq!(after.expected_maximum, before.expected_maximum);
    let better: Vec<f64> = (0..100).map(|n| f64::from(n) / 500.0).collect();
    let raised = TrialStatistics::from_rounds([&varied[..], &alike[..], &better[..], &better[..]]);
    assert!(raised.expected_maximum >= after.expected_maximum);
}
