//! Offsets, names, and the hours that clocks show twice or never.

use super::{Moments, Zone, read_offset};
use admf_model::Timestamp;

fn moments(zone: &str, local: &str) -> Vec<String> {
    let zone: Zone = zone.parse().unwrap();
    let text = |micros| Timestamp::from_micros(micros).to_string();
    match zone.moments(local.parse::<Timestamp>().unwrap().micros()) {
        Moments::Once(at) => vec![text(at)],
        Moments::Twice(first, second) => vec![text(first), text(second)],
        Moments::Never => Vec::new(),
    }
}

#[test]
fn clocks_are_put_forward_and_back() {
    // Changes of 2024: https://www.timeanddate.com/time/change/usa/new-york?year=2024 (10 March, 3 November).
    let new_york = |local| moments("America/New_York", local);
    assert_eq!(new_york("2024-01-02T09:30:00"), ["2024-01-02T14:30:00Z"]);
    assert_eq!(new_york("2024-07-01T09:30:00"), ["2024-07-01T13:30:00Z"]);
    assert!(new_york("2024-03-10T02:30:00").is_empty());
    assert_eq!(new_york("2024-03-10T03:00:00"), ["2024-03-10T07:00:00Z"]);
    assert_eq!(new_york("2024-11-03T01:30:00"), ["2024-11-03T05:30:00Z", "2024-11-03T06:30:00Z"]);
    assert_eq!(moments("+05:30", "2024-01-01T05:30:00"), ["2024-01-01"]);
    assert_eq!(moments("UTC", "2024-03-10T02:30:00"), ["2024-03-10T02:30:00Z"]);
}

#[test]
fn zones_that_do_not_exist_are_explained() {
    let error = |text: &str| text.parse::<Zone>().unwrap_err().to_string();
    let start = "is not a time zone: write a name such as America/New_York, UTC, or an offset such as +02:00";
    assert_eq!(error("America/NewYork"), format!("`America/NewYork` {start}; is it America/New_York?"));
    assert_eq!(error("new_york"), format!("`new_york` {start}; is it America/New_York?"));
    assert_eq!(error("+99"), format!("`+99` {start}"));
    assert_eq!("America/New_York".parse::<Zone>().unwrap().to_string(), "America/New_York");
}

#[test]
fn offsets_are_read_in_all_ways() {
    for (text, seconds) in
        [("Z", 0), ("utc", 0), ("+02:00", 7200), ("-0530", -19_800), ("+02", 7200), ("-00:00", 0)]
    {
        assert_eq!(read_offset(text), Some(seconds), "{text}");
    }
    for text in ["", "+", "+2", "02:00", "+2:00", "+24:00", "EST", "+02:60"] {
        assert_eq!(read_offset(text), None, "{text}");
    }
}
