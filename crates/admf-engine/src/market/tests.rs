use super::{Market, MarketError};
use admf_model::{Bars, Prices, Series, Timestamp};

const DAY: i64 = 86_400_000_000;

fn day(d: i64) -> Timestamp {
    Timestamp::from_micros(d * DAY)
}

fn bars(closes: &[f64]) -> Bars {
    let column = Series::from_values(closes.to_vec());
    let timestamps = (0..closes.len() as i64).map(day).collect();
    Bars::new("X", timestamps, [column.clone(), column.clone(), column.clone(), column.clone(), column])
        .unwrap()
}

fn market(closes: &[f64], from: i64, to: i64) -> Result<Market, MarketError> {
    Market::new(&bars(closes), Prices::Adjusted, 252.0, 0.0, (day(from), day(to)))
}

#[test]
fn the_window_includes_both_ends() {
    let closes: Vec<f64> = (0..30).map(|i| 100.0 + f64::from(i)).collect();
    assert_eq!(market(&closes, 3, 9).unwrap().window, 3..10);
    assert!(matches!(market(&closes, 40, 50), Err(MarketError::EmptyWindow { bars: 0, .. })));
    assert!(matches!(market(&closes, 9, 3), Err(MarketError::EmptyWindow { bars: 0, .. })));
}

#[test]
fn volatility_needs_twenty_returns() {
    // Closes alternate between 100 and 101: Python's statistics.stdev of the first 20 returns times sqrt(252).
    let closes: Vec<f64> = (0..40).map(|i| 100.0 + f64::from(i % 2)).collect();
    let market = market(&closes, 0, 39).unwrap();
    assert_eq!(market.volatility.get(19), None);
    let got = market.volatility.get(20).unwrap();
    assert!((got - 0.162_062_731_960_630_87).abs() < 1e-12, "{got}");
}

#[test]
fn returns_are_sorted_with_time_breaking_ties() {
    let market = market(&[100.0, 100.0, 90.0, 90.0, 99.0], 0, 4).unwrap();
    let order: Vec<u32> = market.by_return.iter().map(|(bar, _)| *bar).collect();
    assert_eq!(order, [2, 0, 1, 3, 4]);
    assert!(market.by_return.iter().all(|(bar, r)| market.returns[*bar as usize] == *r));
}

#[test]
fn a_symbol_without_open_is_refused() {
    let mut close_only = bars(&[1.0, 2.0]);
    close_only.open = Series::undefined(2);
    let error = Market::new(&close_only, Prices::Raw, 252.0, 0.0, (day(0), day(1))).unwrap_err();
    assert_eq!(error, MarketError::NotTradable { symbol: "X".into() });
}
