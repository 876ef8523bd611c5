//! Closing times of bars that are stamped otherwise.

use super::{Stamps, end_of, to_closes};
use admf_model::Timestamp;

fn closes(times: &[&str], stamps: Stamps, interval: &str, dated: bool) -> Vec<String> {
    let mut times: Vec<Timestamp> = times.iter().map(|time| time.parse().unwrap()).collect();
    to_closes(&mut times, stamps, interval.parse().unwrap(), dated);
    times.iter().map(ToString::to_string).collect()
}

#[test]
fn opening_times_become_closing_times() {
    let opens = ["2024-01-02T09:30:00", "2024-01-02T23:59:00"];
    assert_eq!(closes(&opens, Stamps::Open, "1m", false), ["2024-01-02T09:31:00Z", "2024-01-03"]);
    assert_eq!(closes(&opens, Stamps::Close, "1m", false), ["2024-01-02T09:30:00Z", "2024-01-02T23:59:00Z"]);
    // A session keeps its date; a week and a month carry their last day.
    assert_eq!(closes(&["2024-01-02"], Stamps::Open, "1d", true), ["2024-01-02"]);
    assert_eq!(closes(&["2024-01-01"], Stamps::Open, "1w", true), ["2024-01-07"]);
    assert_eq!(
        closes(&["2024-02-01", "2024-03-01"], Stamps::Open, "31d", true),
        ["2024-02-29", "2024-03-31"]
    );
    // Bars of no fixed length are left as they are.
    assert_eq!(closes(&["2024-01-01", "2024-01-03"], Stamps::Open, "2d", true), ["2024-01-01", "2024-01-03"]);
    assert_eq!(closes(&["2024-01-01", "2024-01-09"], Stamps::Open, "1w", true), ["2024-01-01", "2024-01-09"]);
    // Days that open at another hour than midnight close a day later.
    assert_eq!(closes(&["2024-01-01T22:00:00"], Stamps::Open, "1d", false), ["2024-01-02T22:00:00Z"]);
}

#[test]
fn a_quarter_and_a_year_that_open_carry_their_last_day() {
    assert_eq!(
        closes(&["2024-01-01", "2024-04-01", "2024-10-01"], Stamps::Open, "92d", true),
        ["2024-03-31", "2024-06-30", "2024-12-31"]
    );
    assert_eq!(
        closes(&["2023-01-01", "2024-01-01"], Stamps::Open, "365d", true),
        ["2023-12-31", "2024-12-31"]
    );
}

#[test]
fn a_value_dated_with_the_first_day_of_its_period_is_known_when_the_period_is_over() {
    let start = |times: &[&str], interval| closes(times, Stamps::PeriodStart, interval, true);
    // A leap year's February, and the month before the clocks change.
    assert_eq!(
        start(&["2020-01-01", "2020-02-01", "2020-03-01"], "31d"),
        ["2020-01-31", "2020-02-29", "2020-03-31"]
    );
    assert_eq!(
        start(&["2020-01-01", "2020-07-01", "2020-10-01"], "91d"),
        ["2020-03-31", "2020-09-30", "2020-12-31"]
    );
    assert_eq!(start(&["2020-01-01", "2020-07-01"], "182d"), ["2020-06-30", "2020-12-31"]);
    assert_eq!(start(&["2019-01-01", "2020-01-01"], "365d"), ["2019-12-31", "2020-12-31"]);
    // Days and weeks carry their last day already; fiscal years of FRED, such as FYFSD, too.
    assert_eq!(start(&["2020-01-01", "2020-01-02"], "1d"), ["2020-01-01", "2020-01-02"]);
    assert_eq!(start(&["2020-01-01", "2020-01-08"], "1w"), ["2020-01-01", "2020-01-08"]);
    assert_eq!(start(&["2019-09-30", "2020-09-30"], "366d"), ["2019-09-30", "2020-09-30"]);
    assert_eq!("period-start".parse(), Ok(Stamps::PeriodStart));
    assert_eq!(Stamps::PeriodStart.to_string(), "period-start");
}

#[test]
fn the_end_of_a_day_belongs_to_that_day() {
    assert_eq!(closes(&["2024-01-02"], Stamps::End, "1d", true), ["2024-01-01"]);
    assert_eq!(closes(&["2024-01-08"], Stamps::End, "1w", true), ["2024-01-07"]);
    assert_eq!(closes(&["2024-01-02"], Stamps::End, "1h", true), ["2024-01-02"]);
}

#[test]
fn the_last_instant_is_rounded_up() {
    for (last, end) in [
        ("2024-01-01T23:59:59.999Z", "2024-01-02"),
        ("2024-01-01T23:59:59.999999Z", "2024-01-02"),
        ("2024-01-01T23:59:59Z", "2024-01-01T23:59:59Z"),
    ] {
        assert_eq!(end_of(last.parse::<Timestamp>().unwrap()).to_string(), end);
    }
}
