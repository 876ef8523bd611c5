//! Days and times against a calendar on paper and Python's `datetime`.

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn minutes(count: i64) -> Interval {
    Interval::from_micros(count * MICROS_PER_MINUTE).unwrap()
}

#[test]
fn parts_of_a_date() {
    // Year, quarter, month, day; day of the week, of the year; ISO week; days and weekdays left: `isocalendar()` and
    // `timetuple()` of Python's datetime.date, the last two counted on a calendar.
    let table = [
        ("2000-02-29", [2000, 1, 2, 29, 2, 60, 9, 0, 0]),
        ("1969-12-31", [1969, 4, 12, 31, 3, 365, 1, 0, 0]),
        ("2005-01-01", [2005, 1, 1, 1, 6, 1, 53, 30, 21]),
        ("2012-12-28", [2012, 4, 12, 28, 5, 363, 52, 3, 1]),
        ("2016-09-26", [2016, 3, 9, 26, 1, 270, 39, 4, 4]),
        ("2021-02-01", [2021, 1, 2, 1, 1, 32, 5, 27, 19]),
    ];
    for (date, expected) in table {
        let day = SessionDay::of(at(date), Interval::DAY);
        let found = [
            day.year(),
            day.quarter(),
            day.month(),
            day.day_of_month(),
            day.day_of_week(),
            day.day_of_year(),
            day.week_of_year(),
            day.days_left_in_month(),
            day.weekdays_left_in_month(),
        ];
        assert_eq!(found, expected, "{date}");
    }
}

#[test]
fn a_daily_bar_belongs_to_its_date_and_has_no_time() {
    let close = at("2016-09-26");
    for interval in [Interval::DAY, "1w".parse().unwrap()] {
        let day = SessionDay::of(close, interval);
        assert_eq!((day.days(), day.minutes_to(close, interval)), (close.days(), None));
    }
}

#[test]
fn a_bar_that_closes_at_midnight_ends_its_day() {
    for (close, day, expected) in [
        ("2016-09-26T00:05:00Z", "2016-09-26", 5.0),
        ("2016-09-26T23:59:30Z", "2016-09-26", 1439.5),
        ("2016-09-27T00:00:00Z", "2016-09-26", 1440.0),
        ("1969-12-31T00:00:00Z", "1969-12-30", 1440.0),
    ] {
        let found = SessionDay::of(at(close), minutes(5));
        assert_eq!(found.days(), at(day).days(), "{close}");
        assert_eq!(found.minutes_to(at(close), minutes(5)), Some(expected), "{close}");
    }
}
