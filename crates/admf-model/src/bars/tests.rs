use super::{Bars, BarsError, Freshness};
use crate::{Interval, Series, Timestamp};

const DAY: i64 = 86_400_000_000;

fn bars(days: &[i64], closes: &[Option<f64>]) -> Result<Bars, BarsError> {
    let column: Series = closes.iter().copied().collect();
    let timestamps = days.iter().map(|d| Timestamp::from_micros(d * DAY)).collect();
    Bars::new("X", timestamps, [column.clone(), column.clone(), column.clone(), column.clone(), column])
}

#[test]
fn disorder_and_ragged_columns_are_refused() {
    let values = [Some(1.0), Some(2.0), Some(3.0)];
    assert!(matches!(bars(&[1, 3, 3], &values), Err(BarsError::Order { bar: 2, .. })));
    assert!(matches!(bars(&[1, 2], &values), Err(BarsError::Length { found: 3, expected: 2, .. })));
}

#[test]
fn a_missing_price_cannot_be_traded() {
    assert!(bars(&[1, 2], &[Some(1.0), Some(2.0)]).unwrap().is_tradable());
    assert!(!bars(&[1, 2], &[Some(1.0), None]).unwrap().is_tradable());
    assert!(!bars(&[1, 2], &[Some(1.0), Some(0.0)]).unwrap().is_tradable());
}

#[test]
fn another_symbol_is_its_latest_bar_until_it_is_stale() {
    let other = bars(&[1, 4], &[Some(1.0), Some(4.0)]).unwrap();
    let clock: Vec<_> = (0..12).map(|d| Timestamp::from_micros(d * DAY)).collect();
    let close: Vec<_> =
        other.aligned_to(&clock, Freshness::new(Interval::DAY, Interval::DAY, 5)).close.iter().collect();
    let one = Some(1.0);
    let four = Some(4.0);
    let want = [None, one, one, one, four, four, four, four, four, four, None, None];
    assert_eq!(close, want);
}

#[test]
fn adjustment_scales_prices_and_leaves_volume() {
    let mut raw = bars(&[1, 2], &[Some(10.0), Some(20.0)]).unwrap();
    raw.adjustment = Some([Some(0.5), None].into_iter().collect());
    let adjusted = raw.adjusted();
    assert_eq!(adjusted.close.get(0), Some(5.0));
    assert_eq!(adjusted.close.get(1), None);
    assert_eq!(adjusted.volume.get(1), Some(20.0));
}

#[test]
fn a_daily_bar_is_known_on_an_hourly_clock_when_its_day_is_over() {
    let hour = "1h".parse::<Interval>().unwrap();
    let daily = bars(&[1, 2], &[Some(1.0), Some(2.0)]).unwrap();
    let clock: Vec<_> =
        [1, 15, 23, 24, 47, 48].map(|h| Timestamp::from_micros(DAY + h * hour.micros())).to_vec();
    let close: Vec<_> =
        daily.aligned_to(&clock, Freshness::new(Interval::DAY, hour, 5)).close.iter().collect();
    assert_eq!(close, [None, None, None, Some(1.0), Some(1.0), Some(2.0)]);
}
