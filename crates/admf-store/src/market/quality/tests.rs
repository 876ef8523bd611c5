//! Every rule that flags, on bars that it must find and on bars that it must leave alone.

use super::{Findings, RULES, Severity};
use crate::market::{Reading, Request, Source, check_files};
use std::io::Read;

fn check(files: &[(&str, String)]) -> Findings {
    let sources = files.iter().map(|(name, text)| Source::bytes(*name, text.clone().into_bytes())).collect();
    let request = Request {
        sources,
        name: "x".into(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now: "2026-01-01".parse().unwrap(),
    };
    check_files(&request, &|_| {}).unwrap().findings
}

/// Rule, symbol, time and text of each finding.
fn found(files: &[(&str, String)]) -> Vec<String> {
    let findings = check(files);
    let text = |f: &&super::Finding| {
        let time = f.time.map_or_else(String::new, |time| format!(" {time}"));
        format!("{} {}{time}: {}", f.rule.name, f.symbol, f.what)
    };
    findings.listed().iter().map(text).collect()
}

/// Weekdays from 2020-01-01 on, with closes that go up and down by a percent.
fn weekdays(count: i64) -> Vec<(String, f64)> {
    let first = 18_262;
    let days = (first..).filter(|day: &i64| (day + 3).rem_euclid(7) < 5).take(count as usize);
    days.enumerate().map(|(i, day)| (date(day), if i % 2 == 0 { 100.0 } else { 101.0 })).collect()
}

fn date(day: i64) -> String {
    admf_model::Timestamp::from_micros(day * 86_400_000_000).to_string()
}

fn closes(bars: &[(String, f64)]) -> String {
    bars.iter().fold("Date,Close\n".to_owned(), |text, (day, close)| text + &format!("{day},{close}\n"))
}

fn ohlcv(bars: &[(String, f64)], volume: impl Fn(usize) -> u64) -> String {
    let header = "Date,Open,High,Low,Close,Volume\n".to_owned();
    bars.iter().enumerate().fold(header, |text, (i, (day, close))| {
        text + &format!("{day},{close},{close},{close},{close},{}\n", volume(i))
    })
}

fn stocks() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/bokeh_stocks.csv.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// The findings on Apple's three days on which its price fell by half, two by a split (2000-06-21, 2005-02-28) and
/// one after a warning on profits (2000-09-29): dates and ratios from Apple's page on its stock,
/// investor.apple.com/faq, "How many times has Apple's stock split?".
fn apple(text: String) -> Vec<String> {
    let halved = ["2000-06-21", "2000-09-29", "2005-02-28"];
    let all = found(&[("stocks.csv", text)]);
    all.into_iter().filter(|f| f.contains(" AAPL ") && halved.iter().any(|day| f.contains(day))).collect()
}

#[test]
fn splits_are_told_from_a_fall_where_adjusted_prices_are() {
    assert_eq!(
        apple(stocks()),
        [
            "split AAPL 2000-06-21: the close fell 45.1 %: a 2:1 split, as the adjustment factor says (× 2.0000); \
             the adjusted close rose 9.9 %",
            "split AAPL 2005-02-28: the close fell 49.6 %: a 2:1 split, as the adjustment factor says (× 2.0000); \
             the adjusted close rose 0.8 %",
            "outlier AAPL 2000-09-29: the close fell 51.9 %, 49 deviations, volume 20.9 times its median; \
             the adjustment factor knows of no split",
        ]
    );
}

#[test]
fn without_adjusted_prices_a_jump_near_two_to_one_is_only_split_like() {
    let raw: String =
        stocks().lines().map(|line| format!("{}\n", line.rsplit_once(',').unwrap().0)).collect();
    assert!(
        raw.starts_with("Ticker,Date,Open,High,Low,Close,Volume\n")
            || raw.lines().next().unwrap().ends_with("Volume")
    );
    assert_eq!(
        apple(raw),
        [
            "split_like_jump AAPL 2000-06-21: the close fell 45.1 %; opened at 1/2.005 of the last close: near 2:1, \
             volume 1.2 times its median; no adjusted prices to tell a split",
            "split_like_jump AAPL 2005-02-28: the close fell 49.6 %; opened at 1/1.992 of the last close: near 2:1, \
             volume 0.5 times its median; no adjusted prices to tell a split",
            "outlier AAPL 2000-09-29: the close fell 51.9 %, 49 deviations, volume 20.9 times its median; opened at \
             1/1.898 of the last close, which is no ratio of a split",
        ]
    );
}

#[test]
fn a_factor_that_is_made_explains_a_split_and_no_fall() {
    let text = |factor: &dyn Fn(usize) -> f64, close: &dyn Fn(usize) -> f64| {
        let header = "Date,Open,High,Low,Close,Adj Close,Volume\n".to_owned();
        weekdays(60).iter().enumerate().fold(header, |text, (i, (day, base))| {
            let close = base * close(i);
            text + &format!("{day},{close},{close},{close},{close},{},1000\n", close * factor(i))
        })
    };
    let halved = |i: usize| if i < 30 { 1.0 } else { 0.5 };
    let third = |i: usize| if i < 30 { 2.0 / 3.0 } else { 1.0 };
    let file = |text: String| vec![("a.csv", text)];
    let [split] = found(&file(text(&|i| if i < 30 { 0.5 } else { 1.0 }, &halved))).try_into().unwrap();
    assert_eq!(
        split,
        "split A 2020-02-12: the close fell 50.5 %: a 2:1 split, as the adjustment factor says (× 2.0000); \
         the adjusted close fell 1.0 %"
    );
    let [fall] = found(&file(text(&|_| 0.5, &halved))).try_into().unwrap();
    assert_eq!(
        fall,
        "outlier A 2020-02-12: the close fell 50.5 %, 69 deviations, volume 1.0 times its median; \
         the adjustment factor knows of no split"
    );
    let [wrong] = found(&file(text(&third, &|_| 1.0))).try_into().unwrap();
    assert_eq!(
        wrong,
        "factor_jump A 2020-02-12: the adjusted close rose 48.5 % while the close fell 1.0 %: \
         the adjustment factor jumps from 0.6667 to 1.0000"
    );
}

#[test]
fn a_misprint_that_is_taken_back_is_an_outlier() {
    let mut bars = weekdays(60);
    bars[30].1 = 112.0;
    let found = found(&[("a.csv", ohlcv(&bars, |_| 1000))]);
    assert_eq!(
        found,
        [
            "outlier A 2020-02-12: the close rose 10.9 %, 7 deviations, volume 1.0 times its median; the next bar takes it \
          back, as after a misprint"
        ]
    );
}

#[test]
fn reverse_splits_are_split_like_too() {
    let mut bars = weekdays(60);
    bars[30..].iter_mut().for_each(|bar| bar.1 *= 10.0);
    let found = found(&[("a.csv", ohlcv(&bars, |_| 1000))]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("split_like_jump A 2020-02-12: the close rose 890.1 %"), "{found:?}");
    assert!(found[0].contains("near 1:10"), "{found:?}");
}

#[test]
fn missing_sessions_are_gaps_by_the_calendar() {
    let without = |from: usize, count: usize| {
        let mut bars = weekdays(600);
        bars.drain(from..from + count);
        found(&[("a.csv", closes(&bars))])
    };
    // 260 a year: one weekday may be a holiday, two in a row are a gap.
    assert!(without(30, 1).is_empty());
    assert_eq!(without(30, 2), ["gap A 2020-02-14: 2 weekdays in a row are missing since 2020-02-11"]);
    // 365 a year: every day counts.
    let days: Vec<(String, f64)> =
        (18_262..18_862).map(|day| (date(day), 100.0 + (day % 2) as f64)).collect();
    let mut bars = days.clone();
    bars.remove(30);
    assert_eq!(found(&[("a.csv", closes(&bars))]), ["gap A 2020-02-01: 1 day is missing since 2020-01-30"]);
    assert!(found(&[("a.csv", closes(&days))]).is_empty());
}

#[test]
fn sessions_of_other_symbols_are_gaps_of_this_one() {
    let all = weekdays(300);
    let mut short = all.clone();
    short.remove(100);
    let files = [("a.csv", closes(&all)), ("b.csv", closes(&all)), ("c.csv", closes(&short))];
    assert_eq!(found(&files), ["gap C 2020-05-21: 1 session of other symbols is missing since 2020-05-19"]);
}

#[test]
fn missing_bars_of_a_day_are_gaps_but_for_breaks() {
    // Ten-minute bars from 9:00 to 16:00 with a break at noon on every day.
    let mut text = "Date,Close\n".to_owned();
    for (day, _) in weekdays(40) {
        for slot in (54..96).filter(|slot| !(72..78).contains(slot)) {
            if day == "2020-01-15" && (60..63).contains(&slot) {
                continue;
            }
            text += &format!("{day} {:02}:{:02},{}\n", slot / 6, slot % 6 * 10, 100 + slot % 2);
        }
    }
    assert_eq!(
        found(&[("a.csv", text)]),
        ["gap A 2020-01-15T10:30:00Z: 3 bars are missing since 2020-01-15T09:50:00Z"]
    );
}

#[test]
fn any_bar_that_is_missing_round_the_clock_is_a_gap() {
    let minutes = (0..3000).filter(|minute| !(1500..1503).contains(minute));
    let text = minutes.fold("Date,Close\n".to_owned(), |text, minute| {
        let time = admf_model::Timestamp::from_micros((18_262 * 1440 + minute) * 60_000_000);
        text + &format!(
            "{},{}\n",
            if minute % 1440 == 0 { format!("{time} 00:00") } else { time.to_string() },
            100 + minute % 2
        )
    });
    assert_eq!(
        found(&[("a.csv", text)]),
        ["gap A 2020-01-02T01:03:00Z: 3 bars are missing since 2020-01-02T00:59:00Z"]
    );
}

/// Bars of a symbol that never closes: `minutes` each, from 2020-01-01 on, those that `keep` takes.
fn round_the_clock(bars: std::ops::Range<i64>, minutes: i64, keep: impl Fn(&i64) -> bool) -> String {
    bars.filter(keep).fold("Date,Close\n".to_owned(), |text, bar| {
        text + &format!("{},{}\n", 1_577_836_800 + bar * minutes * 60, 100 + bar % 2)
    })
}

#[test]
fn a_hole_of_a_month_does_not_hide_those_of_hours() {
    // Hours of half a year without March, and without three hours around midnight: 2020-03-01 is day 60.
    let text = round_the_clock(0..180 * 24, 60, |hour| {
        !(60 * 24..91 * 24).contains(hour) && !(2399..2402).contains(hour)
    });
    assert_eq!(
        found(&[("a.csv", text)]),
        [
            "gap A 2020-03-31T00:00:00Z: 744 bars are missing since 2020-02-29T23:00:00Z",
            "gap A 2020-04-10T02:00:00Z: 3 bars are missing since 2020-04-09T22:00:00Z"
        ]
        .map(|text| text.replace("2020-03-31T00:00:00Z", "2020-04-01"))
    );
}

#[test]
fn days_before_hours_are_one_finding_and_no_gaps() {
    let mut text = "Date,Close\n".to_owned();
    (18_200..18_262).for_each(|day| text += &format!("{},{}\n", day * 86_400, 100 + day % 2));
    text += round_the_clock(0..400, 60, |_| true).trim_start_matches("Date,Close\n");
    assert_eq!(
        found(&[("a.csv", text)]),
        ["mixed_intervals A 2019-11-01: 62 bars until 2020-01-01 come every 1d, the others every 1h"]
    );
}

#[test]
fn prices_without_trading_are_stale() {
    let mut bars = weekdays(60);
    bars[20..26].iter_mut().for_each(|bar| bar.1 = 100.0);
    let quiet = |i: usize| if (21..26).contains(&i) { 0 } else { 500 };
    assert_eq!(
        found(&[("a.csv", ohlcv(&bars, quiet))]),
        ["stale_run A 2020-01-30: 5 bars without volume repeat the close of 100, until 2020-02-05"]
    );
    // Trading at one price is none of it, nor are four bars, nor a level that stands still.
    assert!(found(&[("a.csv", ohlcv(&bars, |_| 500))]).is_empty());
    assert!(found(&[("a.csv", ohlcv(&bars, |i| if (22..26).contains(&i) { 0 } else { 500 }))]).is_empty());
    bars.iter_mut().for_each(|bar| bar.1 = 5.25);
    assert!(found(&[("a.csv", closes(&bars))]).is_empty());
}

#[test]
fn rows_in_no_order_and_repeated_rows_are_said() {
    let text =
        "Date,Close\n2020-01-01,1\n2020-01-03,3\n2020-01-02,2\n2020-01-06,4\n2020-01-06,4\n2020-01-07,5\n";
    assert_eq!(
        found(&[("a.csv", text.to_owned())]),
        [
            "repeated_row A 2020-01-06: is there already with the same values (a.csv:5)",
            "disorder : a row is against the order of the others",
        ]
    );
    let findings = check(&[("a.csv", text.to_owned())]);
    let places: Vec<_> = findings.listed().iter().map(|f| f.place.clone().unwrap()).collect();
    assert_eq!(places, [("a.csv".to_owned(), 6), ("a.csv".to_owned(), 4)]);
}

#[test]
fn findings_name_their_lines_and_long_lists_are_cut() {
    let mut bars = weekdays(60);
    bars[30].1 = 112.0;
    let findings = check(&[("a.csv", ohlcv(&bars, |_| 1000))]);
    assert_eq!(findings.listed()[0].place, Some(("a.csv".to_owned(), 32)));
    assert_eq!(findings.listed()[0].bar, Some(30));
    let row = "2020-01-01,1\n";
    let many = check(&[("a.csv", format!("Date,Close\n{}2020-01-02,1\n", row.repeat(10_502)))]);
    assert_eq!((many.total(), many.listed().len()), (10_501, 10_000));
}

#[test]
fn ordinary_markets_are_left_alone() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    let bytes = std::fs::read(path).unwrap();
    let request = Request {
        sources: vec![Source::bytes("sp500.csv.gz", bytes)],
        name: "x".into(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now: "2026-01-01".parse().unwrap(),
    };
    let findings = check_files(&request, &|_| {}).unwrap().findings;
    let listed: Vec<_> =
        findings.listed().iter().map(|f| (f.rule.name, f.time.unwrap().to_string())).collect();
    // The market was closed from 11 to 14 September 2001; the two days in
    // October 2008 are the largest rises since 1933.
    assert_eq!(
        listed,
        [
            ("gap", "2001-09-17".to_owned()),
            ("outlier", "2008-10-13".to_owned()),
            ("outlier", "2008-10-28".to_owned()),
        ]
    );
}

#[test]
fn rules_are_named_once_and_described() {
    for (i, rule) in RULES.iter().enumerate() {
        assert!(RULES[..i].iter().all(|other| other.name != rule.name && other.severity <= rule.severity));
        for text in [rule.finds, rule.matters, rule.threshold] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {text}", rule.name);
        }
    }
    assert!(RULES.iter().filter(|rule| rule.severity == Severity::Rejected).count() == 12);
}
