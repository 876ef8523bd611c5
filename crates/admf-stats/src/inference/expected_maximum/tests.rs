use super::expected_maximum_sharpe;

#[test]
fn published_values_are_reproduced() {
    // pypbo tests/test_pbo.py for N = 100; the others from mpmath with 40 digits.
    for (trials, expected) in [
        (2, 0.5197553442805939),
        (10, 1.57459830134575),
        (45, 2.2356401777664057),
        (100, 2.5306028932016846),
        (1000, 3.2551215136527256),
        (1_000_000, 4.867860037837305),
        (1_000_000_000, 6.090388996413457),
    ] {
        let found = expected_maximum_sharpe(trials, 1.0).unwrap();
        assert!((found - expected).abs() < 1e-14 * expected, "{trials} trials: {found}, expected {expected}");
    }
}

#[test]
fn it_scales_with_the_spread_of_the_trials() {
    let (one, quarter) = (expected_maximum_sharpe(50, 1.0), expected_maximum_sharpe(50, 0.25));
    assert_eq!(quarter, one.map(|sharpe| sharpe * 0.5));
}

#[test]
fn luck_needs_two_trials_that_differ() {
    assert_eq!(expected_maximum_sharpe(0, 1.0), None);
    assert_eq!(expected_maximum_sharpe(1, 1.0), None);
    assert_eq!(expected_maximum_sharpe(100, 0.0), None);
    assert_eq!(expected_maximum_sharpe(100, f64::NAN), None);
}
