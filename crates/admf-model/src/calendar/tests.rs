use super::Calendar;
use crate::{Interval, Timestamp};

const DAY: i64 = 86_400_000_000;

fn derive(micros: impl Iterator<Item = i64>, interval: &str) -> f64 {
    let ts: Vec<_> = micros.map(Timestamp::from_micros).collect();
    Calendar::derive(&ts, interval.parse::<Interval>().unwrap()).unwrap().bars_per_year
}

#[test]
fn conventions_are_recognised() {
    assert_eq!(derive((0..2000).map(|d| d * DAY), "1d"), 365.0);
    // Five sessions a week less one holiday in about seven weeks: 252 a year.
    let sessions = (0..7000).filter(|d| d % 7 < 5 && d % 49 != 3).map(|d| d * DAY);
    assert_eq!(derive(sessions, "1d"), 252.0);
    assert_eq!(derive((0..300).map(|w| w * 7 * DAY), "1w"), 52.0);
    assert_eq!(derive((0..100_000).map(|m| m * 60_000_000), "1m"), 365.0 * 1440.0);
}

#[test]
fn an_odd_calendar_is_taken_as_observed() {
    let thrice_a_week = (0..7000).filter(|d| d % 7 < 3).map(|d| d * DAY);
    let got = derive(thrice_a_week, "1d");
    assert!((got - 365.25 * 3.0 / 7.0).abs() < 0.5, "{got}");
}
