//! What reads the clock, against a calendar on paper.

use super::*;
use admf_model::{Bars, Interval, Series, Timestamp};

fn world(times: &[&str], interval: &str) -> World {
    let mut world = World::of_closes(&vec![Some(1.0); times.len()]);
    let timestamps = times.iter().map(|time| time.parse::<Timestamp>().unwrap()).collect();
    let ones = || Series::from_values(vec![1.0; times.len()]);
    world.bars = Bars::new("X", timestamps, [(); 5].map(|()| ones())).unwrap();
    world.interval = interval.parse::<Interval>().unwrap();
    world
}

/// -1 stands for undefined.
fn expect(world: &World, table: &[(&str, &[i32])]) {
    for (rule, expected) in table {
        let expected: Vec<Option<f64>> =
            expected.iter().map(|v| (*v >= 0).then_some(f64::from(*v))).collect();
        assert_eq!(column(world, rule), expected, "{rule}");
    }
}

#[test]
fn dates_of_daily_bars() {
    // The last sessions of 1999 and the first of 2000 in New York; 17 January was Martin Luther King's day.
    let times =
        ["1999-12-30", "1999-12-31", "2000-01-03", "2000-01-04", "2000-01-18", "2000-01-31", "2000-02-01"];
    expect(
        &world(&times, "1d"),
        &[
            ("day_of_week", &[4, 5, 1, 2, 2, 1, 2]),
            ("day_of_month", &[30, 31, 3, 4, 18, 31, 1]),
            ("day_of_year()", &[364, 365, 3, 4, 18, 31, 32]),
            ("week_of_year", &[52, 52, 1, 1, 3, 5, 5]),
            ("month", &[12, 12, 1, 1, 1, 1, 2]),
            ("quarter", &[4, 4, 1, 1, 1, 1, 1]),
            ("year", &[1999, 1999, 2000, 2000, 2000, 2000, 2000]),
            ("days_left_in_month", &[1, 0, 28, 27, 13, 0, 28]),
            ("weekdays_left_in_month", &[1, 0, 20, 19, 9, 0, 20]),
            ("trading_day_of_month", &[-1, -1, 1, 2, 3, 4, 1]),
            ("bars_since_open", &[-1, 1, 1, 1, 1, 1, 1]),
            ("hour", &[-1; 7]),
            ("minute", &[-1; 7]),
        ],
    );
    assert_eq!((warm_up("month"), warm_up("trading_day_of_month"), warm_up("bars_since_open")), (0, 1, 1));
}

#[test]
fn times_of_intraday_bars() {
    let times = [
        "2016-09-29T23:30:00Z",
        "2016-09-30T00:00:00Z",
        "2016-09-30T00:30:00Z",
        "2016-09-30T14:00:00Z",
        "2016-10-01T00:00:00Z",
        "2016-10-03T09:30:30Z",
        "2016-10-03T10:00:00Z",
    ];
    expect(
        &world(&times, "30m"),
        &[
            ("hour", &[23, 24, 0, 14, 24, 9, 10]),
            ("minute", &[30, 0, 30, 0, 0, 30, 0]),
            ("day_of_month", &[29, 29, 30, 30, 30, 3, 3]),
            ("bars_since_open", &[-1, -1, 1, 2, 3, 1, 2]),
            ("trading_day_of_month", &[-1, -1, -1, -1, -1, 1, 1]),
        ],
    );
}

#[test]
fn months_are_told_apart_across_years() {
    let times = ["2000-01-31", "2001-01-02", "2001-01-03"];
    expect(&world(&times, "1d"), &[("trading_day_of_month", &[-1, 1, 2])]);
}
