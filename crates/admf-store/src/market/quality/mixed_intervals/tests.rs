use super::{Stretch, longest_unmixed, stretches};
use admf_model::{Interval, Timestamp};

const HOUR: i64 = 3_600_000_000;

fn found(hours: impl IntoIterator<Item = i64>, usual: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let times: Vec<Timestamp> = hours.into_iter().map(|hour| Timestamp::from_micros(hour * HOUR)).collect();
    let usual: Interval = usual.parse().unwrap();
    stretches(&times, usual).into_iter().map(|s| (s.bars, s.interval.to_string())).collect()
}

#[test]
fn days_before_hours_and_hours_after_days_are_found() {
    // Twelve days, then 300 hours; and the other way round, most bars being days.
    let days_first = (0..12).map(|d| d * 24).chain(288..588);
    assert_eq!(found(days_first, "1h"), [(1..13, "1d".to_owned())]);
    let hours_last = (0..30).map(|d| d * 24).chain(697..702);
    assert_eq!(found(hours_last, "1d"), [(30..35, "1h".to_owned())]);
    // Weekdays only.
    let weekdays = (0..30).filter(|d| d % 7 < 5).map(|d| d * 24).chain(720..1000);
    assert_eq!(found(weekdays, "1h"), [(1..23, "1d".to_owned())]);
}

#[test]
fn nights_weekends_holes_and_thin_trading_are_left_alone() {
    assert_eq!(found((0..3000).filter(|h| h % 24 < 7 && h / 24 % 7 < 5), "1h"), []);
    assert_eq!(found((0..3000).filter(|h| !(500..900).contains(h)), "1h"), []);
    // Bars of two hours out of five, by a generator of pseudo-random numbers (Lehmer, 16807).
    let mut seed = 1_u64;
    let thin = (0..200_000).filter(|_| {
        seed = seed * 16_807 % 2_147_483_647;
        seed % 5 < 2
    });
    assert_eq!(found(thin.collect::<Vec<_>>(), "1h"), []);
    // A short last hour of each session.
    let half_hours = (0..200).flat_map(|d| [0, 2, 4, 6, 8, 10, 12, 13].map(|h| d * 48 + h));
    assert_eq!(found(half_hours, "2h"), []);
}

#[test]
fn the_longest_run_of_usual_bars_is_between_the_stretches() {
    let stretch = |bars| Stretch { bars, interval: Interval::DAY };
    assert_eq!(longest_unmixed(100, &[]), 0..100);
    assert_eq!(longest_unmixed(100, &[stretch(1..13)]), 12..100);
    assert_eq!(longest_unmixed(100, &[stretch(60..90)]), 0..60);
}
