use super::probabilistic_sharpe;

#[test]
fn published_values_are_reproduced() {
    // pypbo tests/test_metrics.py, after Bailey and López de Prado 2012: monthly, annualised 1.585.
    let monthly = 1.585 / 12_f64.sqrt();
    let found = probabilistic_sharpe(monthly, 0.0, 24, -2.448, 10.164).unwrap();
    assert!((found - 0.9132343068848602).abs() < 1e-12, "{found}");
    // mlfinlab tests/test_backtest_statistics.py: 1.14 against 1, 250 normal returns; more digits from mpmath.
    let found = probabilistic_sharpe(1.14, 1.0, 250, 0.0, 3.0).unwrap();
    assert!((found - 0.957277880327313).abs() < 1e-12, "{found}");
}

#[test]
fn the_benchmark_itself_is_even_odds() {
    assert_eq!(probabilistic_sharpe(0.1, 0.1, 500, -1.0, 8.0), Some(0.5));
}

#[test]
fn impossible_samples_have_no_answer() {
    assert_eq!(probabilistic_sharpe(0.1, 0.0, 1, 0.0, 3.0), None);
    assert_eq!(probabilistic_sharpe(2.0, 0.0, 10, 1.0, 2.0), None, "two values only");
    assert_eq!(probabilistic_sharpe(f64::NAN, 0.0, 10, 0.0, 3.0), None);
}
