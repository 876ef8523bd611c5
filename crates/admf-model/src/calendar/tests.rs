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
    // Bars of a day, half a year apart: rare, and no holes.
    let rare = derive((0..20).map(|d| (d / 2 * 180 + d % 2) * DAY), "1d");
    assert!((2.0..5.0).contains(&rare), "{rare}");
    let got = derive(thrice_a_week, "1d");
    assert!((got - 365.25 * 3.0 / 7.0).abs() < 0.5, "{got}");
}

/// Bars of `minutes` that close on days `days`, from one time of day to another, both in minutes.
fn sessions(days: impl Iterator<Item = i64>, minutes: i64, from: i64, to: i64) -> impl Iterator<Item = i64> {
    days.flat_map(move |day| {
        (from / minutes..to / minutes).map(move |bar| day * DAY + (bar + 1) * minutes * 60_000_000)
    })
}

/// Days of 1970 and after without weekends and one holiday in seven weeks.
fn exchange_days(count: i64) -> impl Iterator<Item = i64> {
    (0..count).filter(|d| (d + 3) % 7 < 5 && d % 49 != 4)
}

#[test]
fn holes_do_not_count() {
    // Hours round the clock over two years, without the month that begins at day 200, then with a day lost each month.
    let hours = || sessions(0..730, 60, 0, 1440);
    assert_eq!(derive(hours(), "1h"), 8760.0);
    assert_eq!(derive(hours().filter(|t| !(200..230).contains(&(t / DAY))), "1h"), 8760.0);
    assert_eq!(derive(hours().filter(|t| t / DAY % 30 != 7), "1h"), 8760.0);
    // Minutes of a month without ten days, and days of three years without a quarter.
    assert_eq!(derive(sessions((0..30).filter(|d| !(9..19).contains(d)), 1, 0, 1440), "1m"), 525_600.0);
    assert_eq!(derive((0..1000).filter(|d| !(300..390).contains(d)).map(|d| d * DAY), "1d"), 365.0);
    // Two days of hours, four weeks apart.
    assert_eq!(derive(sessions([0, 31].into_iter(), 60, 0, 1440), "1h"), 8760.0);
    // An exchange without half a year.
    assert_eq!(derive(exchange_days(2000).filter(|d| !(700..880).contains(d)).map(|d| d * DAY), "1d"), 252.0);
    // Weeks and months that are missing.
    assert_eq!(derive((0..300).filter(|w| w % 9 != 5).map(|w| w * 7 * DAY), "1w"), 52.0);
}

#[test]
fn sessions_have_the_bars_that_most_days_have() {
    // 14:30 to 21:00 in minutes, in hours that begin at the half hour (the last one is short), and 22 hours of futures.
    assert_eq!(derive(sessions(exchange_days(400), 1, 870, 1260), "1m"), 98_280.0);
    assert_eq!(derive(sessions(exchange_days(400), 60, 840, 1260), "1h"), 252.0 * 7.0);
    assert_eq!(derive(sessions(exchange_days(400), 60, 0, 1320), "1h"), 252.0 * 22.0);
    // A year of minutes without a month.
    let holed = exchange_days(400).filter(|d| !(100..130).contains(d));
    assert_eq!(derive(sessions(holed, 1, 870, 1260), "1m"), 98_280.0);
}

#[test]
fn currencies_trade_from_sunday_to_friday_evening() {
    // 22:00 on Sunday to 22:00 on Friday; 1970-01-04 was a Sunday.
    let open = |t: &i64| {
        let (weekday, hour) = ((t / DAY + 4) % 7, t % DAY / (DAY / 24));
        matches!((weekday, hour), (0, 22..) | (1..=4, _) | (5, 0..22))
    };
    let hours = || (0..730 * 24).map(|h| h * DAY / 24).filter(open);
    assert_eq!(derive(hours(), "1h"), 260.0 * 24.0);
    assert_eq!(derive(hours().filter(|t| !(300..330).contains(&(t / DAY))), "1h"), 260.0 * 24.0);
}

#[test]
fn periods_of_the_calendar_are_counted_as_such() {
    // The lengths of months of a year that is not a leap year.
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let ends = lengths.iter().cycle().take(40).scan(0, |day, length| {
        *day += length;
        Some(*day * DAY)
    });
    let ends: Vec<i64> = ends.collect();
    assert_eq!(derive(ends.iter().copied(), "31d"), 12.0);
    assert_eq!(derive(ends.iter().skip(2).step_by(3).copied(), "92d"), 4.0);
    assert_eq!(derive(ends.iter().skip(11).step_by(12).copied(), "365d"), 1.0);
}
