use super::DateFormat::{
    DayMonth, EpochMicroseconds, EpochMilliseconds, EpochNanoseconds, EpochSeconds, Iso, MonthDay, Named,
    Pattern,
};
use super::{DateFormat, DateReading, DateRules, Evidence, Moment, Written, read};
use proptest::prelude::*;

fn times(texts: &[&str], rules: &DateRules) -> Result<(Vec<DateFormat>, Vec<String>), String> {
    let mut evidence = Evidence::default();
    let written: Vec<Written> = texts
        .iter()
        .map(|text| {
            let (written, format) = read(text, rules).ok_or_else(|| format!("{text}: no date"))?;
            evidence.see(written, format);
            Ok(written)
        })
        .collect::<Result<_, String>>()?;
    let convention = evidence.decide(rules).map_err(|example| format!("ambiguous: {example}"))?;
    let text = |written: &Written| match convention.moment(*written) {
        Moment::At(time) => time.to_string(),
        Moment::Either(a, b) => format!("{a} or {b}"),
        Moment::Skipped => "skipped".to_owned(),
        Moment::NoDay => "no day".to_owned(),
    };
    Ok((convention.formats.clone(), written.iter().map(text).collect()))
}

fn check(texts: &[&str], formats: &[DateFormat], expected: &[&str]) {
    let (found, times) = times(texts, &DateRules::default()).unwrap();
    assert_eq!(found, formats, "{texts:?}");
    assert_eq!(times, expected, "{texts:?}");
}

fn rules(format: &str, zone: &str) -> DateRules {
    let reading = (!format.is_empty()).then(|| format.parse::<DateReading>().unwrap());
    DateRules { reading, zone: (!zone.is_empty()).then(|| zone.parse().unwrap()) }
}

#[test]
fn dates_and_times_with_the_year_first() {
    for (text, time) in [
        ("2000-02-29", "2000-02-29"),
        ("20000301", "2000-03-01"),
        ("2000/03/01", "2000-03-01"),
        ("2000.3.1", "2000-03-01"),
        ("2000-03-01T14:30:00", "2000-03-01T14:30:00Z"),
        ("2000-03-01 14:30", "2000-03-01T14:30:00Z"),
        ("2000.03.01 14:30:00", "2000-03-01T14:30:00Z"),
        ("20000301 143000", "2000-03-01T14:30:00Z"),
        ("20000301  14:30:00", "2000-03-01T14:30:00Z"),
        ("20000301143000", "2000-03-01T14:30:00Z"),
        ("200003011430", "2000-03-01T14:30:00Z"),
        ("2000-03-01T14:30:00Z", "2000-03-01T14:30:00Z"),
        ("2000-03-01 14:30:00 UTC", "2000-03-01T14:30:00Z"),
        ("2000-03-01T14:30:00.25-05:00", "2000-03-01T19:30:00.25Z"),
        ("2000-03-01T14:30:00.123456789", "2000-03-01T14:30:00.123456Z"),
        ("2000-03-01 00:30:00+0530", "2000-02-29T19:00:00Z"),
        ("20000301 09:30:00 US/Eastern", "2000-03-01T14:30:00Z"),
        ("20000701 09:30:00 America/New_York", "2000-07-01T13:30:00Z"),
        ("2000-03-01 24:00", "2000-03-02"),
        ("2000-03-01 2:30:00 PM", "2000-03-01T14:30:00Z"),
        ("2000-03-01 12:05 AM", "2000-03-01T00:05:00Z"),
    ] {
        check(&[text], &[Iso], &[time]);
    }
}

#[test]
fn counts_since_1970_tell_their_unit() {
    check(&["951868800"], &[EpochSeconds], &["2000-03-01"]);
    check(
        &["1577836800000", "1735689600000000"],
        &[EpochMilliseconds, EpochMicroseconds],
        &["2020-01-01", "2025-01-01"],
    );
    check(&["1577836800000000000"], &[EpochNanoseconds], &["2020-01-01"]);
    check(&["1577836800.5"], &[EpochSeconds], &["2020-01-01T00:00:00.5Z"]);
    // `date -u -d @86400` says 2 January 1970.
    let (_, found) = times(&["86400"], &rules("epoch-s", "")).unwrap();
    assert_eq!(found, ["1970-01-02"]);
}

#[test]
fn a_field_that_is_no_month_decides_the_order() {
    check(&["3/4/2000", "3/13/2000"], &[MonthDay], &["2000-03-04", "2000-03-13"]);
    check(&["3/4/2000", "13/3/2000"], &[DayMonth], &["2000-04-03", "2000-03-13"]);
    check(&["04.03.2000", "13-03-2000 9:30"], &[DayMonth], &["2000-03-04", "2000-03-13T09:30:00Z"]);
    check(
        &["3/4/2000", "2000-03-05", "3/31/2000"],
        &[Iso, MonthDay],
        &["2000-03-04", "2000-03-05", "2000-03-31"],
    );
    check(
        &["1-Mar-2000", "Mar 2, 2000", "3 March 2000"],
        &[Named],
        &["2000-03-01", "2000-03-02", "2000-03-03"],
    );
    // Nothing depends on the order of equal fields.
    check(&["3/3/2000"], &[MonthDay], &["2000-03-03"]);
}

#[test]
fn an_order_that_nothing_tells_is_asked_for() {
    let texts = ["05/05/2000", "03/04/2000", "12/12/2000"];
    assert_eq!(times(&texts, &DateRules::default()).unwrap_err(), "ambiguous: 3/4/2000");
    assert_eq!(times(&texts, &rules("DD/MM/YYYY", "")).unwrap().1[1], "2000-04-03");
    assert_eq!(times(&texts, &rules("mdy", "")).unwrap().1[1], "2000-03-04");
}

#[test]
fn a_misprint_does_not_turn_the_others_around() {
    check(
        &["3/14/2000", "3/15/2000", "16/3/2000", "3/1/2000", "45/45/2000"],
        &[MonthDay],
        &["2000-03-14", "2000-03-15", "no day", "2000-03-01", "no day"],
    );
    check(&["2/28/2001", "2/29/2001"], &[MonthDay], &["2001-02-28", "no day"]);
}

#[test]
fn midnights_of_a_zone_are_session_dates() {
    // What yfinance writes for daily bars of New York, before and in daylight saving time.
    check(&["2024-03-08 00:00:00-05:00", "2024-03-11 00:00:00-04:00"], &[Iso], &["2024-03-08", "2024-03-11"]);
    check(
        &["2024-03-08 00:00:00-05:00", "2024-03-08 01:00:00-05:00"],
        &[Iso],
        &["2024-03-08T05:00:00Z", "2024-03-08T06:00:00Z"],
    );
    // The same instants as counts, when the zone is said.
    let (_, found) = times(&["1709874000", "1710129600"], &rules("", "America/New_York")).unwrap();
    assert_eq!(found, ["2024-03-08", "2024-03-11"]);
}

#[test]
fn clocks_without_a_zone_are_read_in_the_one_that_is_said() {
    let texts =
        ["2024-03-08 09:30", "2024-03-11 09:30", "2024-03-10 02:30", "2024-11-03 01:30", "2024-07-01T09:30Z"];
    let (_, found) = times(&texts, &rules("", "America/New_York")).unwrap();
    assert_eq!(
        found,
        [
            "2024-03-08T14:30:00Z",
            "2024-03-11T13:30:00Z",
            "skipped",
            "2024-11-03T05:30:00Z or 2024-11-03T06:30:00Z",
            "2024-07-01T09:30:00Z",
        ]
    );
    // Dates alone are sessions, whatever the zone.
    assert_eq!(times(&["2024-03-08"], &rules("", "America/New_York")).unwrap().1, ["2024-03-08"]);
}

#[test]
fn a_pattern_reads_what_nothing_else_does() {
    let (formats, found) = times(&["01.03.00 14h30"], &rules("%d.%m.%y %Hh%M", "")).unwrap();
    assert_eq!((formats, found), (vec![Pattern], vec!["2000-03-01T14:30:00Z".to_owned()]));
    assert!(
        "soon"
            .parse::<DateReading>()
            .unwrap_err()
            .to_string()
            .starts_with("`soon` is not a date format: write DD/MM")
    );
    assert!("%!".parse::<DateReading>().is_err());
}

#[test]
fn what_is_no_date() {
    let texts = [
        "",
        "yesterday",
        "2000-13-01",
        "2001-02-29",
        "20010229",
        "2000-03-01T25:00",
        "2000-03-01 12:60",
        "1/2/99",
        "1/2",
        "1/2/2000/3",
        "1/2/2000 noon",
        "/1/2000",
        "2000-03-01x",
        "+1/2/2000",
        "1/2/2000 25:00",
        "２/1/2000",
        "5",
        "0",
        "2000-03-01 13:00 PM",
        "Foo 1, 2000",
        "31-Feb-2000",
        "123456789012345678901",
    ];
    for text in texts {
        assert_eq!(read(text, &DateRules::default()), None, "{text}");
    }
}

proptest! {
    /// The common way to write a minute has a reader of its own: decimals of a second are left to the general one.
    #[test]
    fn a_plain_clock_is_what_the_general_reader_makes_of_it(
        text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]",
    ) {
        let rules = DateRules::default();
        prop_assert_eq!(read(&text, &rules), read(&format!("{text}.0"), &rules));
    }

    /// One byte that does not belong there is seen, wherever it is.
    #[test]
    fn no_other_sign_passes_for_one_of_a_plain_clock(at in 0..19_usize, byte in 0..128_u8) {
        let plain = "2011-11-11 11:11:11";
        let mut text = plain.as_bytes().to_vec();
        text[at] = byte;
        let text = String::from_utf8(text).unwrap();
        prop_assume!(!byte.is_ascii_digit() && text != plain && !(at == 10 && matches!(byte, b'T' | b't')));
        let local = |text: &str| read(text, &DateRules::default());
        prop_assert!(local(&text).is_none_or(|found| Some(found) != local(plain)), "{}", text);
    }
}
