use super::{Convention, Evidence, Written};
use crate::market::dialect::DateFormat::{self, DayMonth, Iso, MonthDay, MonthDayAssumed};

fn read_all(texts: &[&str]) -> (Convention, Vec<Option<String>>) {
    let written: Vec<Written> = texts.iter().map(|text| Written::read(text).unwrap()).collect();
    let mut evidence = Evidence::default();
    written.iter().for_each(|w| evidence.see(*w));
    let convention = evidence.decide();
    let times = written.iter().map(|w| convention.time(*w).map(|time| time.to_string())).collect();
    (convention, times)
}

fn check(texts: &[&str], formats: &[DateFormat], times: &[&str]) {
    let (convention, found) = read_all(texts);
    assert_eq!(convention.formats(), formats, "{texts:?}");
    let found: Vec<_> = found.iter().map(|time| time.as_deref().unwrap_or("no date")).collect();
    assert_eq!(found, times, "{texts:?}");
}

#[test]
fn iso_dates_and_times() {
    let texts = [
        "2000-02-29",
        "20000301",
        "2000-03-01T14:30:00",
        "2000-03-01 14:30:00",
        "2000-03-01 14:30",
        "2000-03-01T14:30:00Z",
        "2000-03-01T14:30:00.25-05:00",
        "2000-03-01 00:30:00+0530",
    ];
    let times = [
        "2000-02-29",
        "2000-03-01",
        "2000-03-01T14:30:00Z",
        "2000-03-01T14:30:00Z",
        "2000-03-01T14:30:00Z",
        "2000-03-01T14:30:00Z",
        "2000-03-01T19:30:00.25Z",
        "2000-02-29T19:00:00Z",
    ];
    check(&texts, &[Iso], &times);
}

#[test]
fn a_field_that_is_no_month_decides_the_order() {
    check(&["3/4/2000", "3/13/2000"], &[MonthDay], &["2000-03-04", "2000-03-13"]);
    check(&["3/4/2000", "13/3/2000"], &[DayMonth], &["2000-04-03", "2000-03-13"]);
    check(&["03/04/2000", "12/12/2000"], &[MonthDayAssumed], &["2000-03-04", "2000-12-12"]);
    check(&["3/4/2000", "2000-03-05"], &[Iso, MonthDayAssumed], &["2000-03-04", "2000-03-05"]);
}

#[test]
fn a_misprint_does_not_turn_the_others_around() {
    let texts = ["3/14/2000", "3/15/2000", "16/3/2000", "3/1/2000", "45/45/2000"];
    check(&texts, &[MonthDay], &["2000-03-14", "2000-03-15", "no date", "2000-03-01", "no date"]);
    check(&["2/28/2001", "2/29/2001"], &[MonthDay], &["2001-02-28", "no date"]);
}

#[test]
fn slashed_dates_may_have_a_time() {
    check(
        &["12/31/1999 9:30", "12/31/1999 16:00:05"],
        &[MonthDay],
        &["1999-12-31T09:30:00Z", "1999-12-31T16:00:05Z"],
    );
}

#[test]
fn midnights_of_a_zone_are_session_dates() {
    // What yfinance writes for daily bars of New York, before and in daylight saving time.
    let texts = ["2024-03-08 00:00:00-05:00", "2024-03-11 00:00:00-04:00"];
    let (convention, times) = read_all(&texts);
    assert!(convention.session_dates);
    assert_eq!(times, [Some("2024-03-08".to_owned()), Some("2024-03-11".to_owned())]);

    let (convention, times) = read_all(&["2024-03-08 00:00:00-05:00", "2024-03-08 01:00:00-05:00"]);
    assert!(!convention.session_dates);
    assert_eq!(times[0].as_deref(), Some("2024-03-08T05:00:00Z"));

    assert!(!read_all(&["2024-03-08T00:00:00Z"]).0.session_dates);
}

#[test]
fn what_is_no_date() {
    let texts = [
        "",
        "yesterday",
        "2000-3-1",
        "2000-13-01",
        "2001-02-29",
        "2000-03-01T25:00",
        "1/2/99",
        "1/2",
        "1/2/2000/3",
        "1/2/2000 noon",
        "/1/2000",
        "1546300800",
        "2000-03-01x",
        "+1/2/2000",
        "1/2/2000 25:00",
        "２/1/2000",
    ];
    for text in texts {
        assert_eq!(Written::read(text), None, "{text}");
    }
}
