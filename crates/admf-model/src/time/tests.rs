use super::{Interval, Timestamp};

#[test]
fn dates_and_times_read_back_as_written() {
    for text in ["2000-02-29", "1969-12-31", "2014-01-03T14:30:00Z", "2025-01-01T00:00:00.000001Z"] {
        assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
    }
    assert_eq!("2000-03-01 09:30:00".parse::<Timestamp>().unwrap().to_string(), "2000-03-01T09:30:00Z");
    assert_eq!("1970-01-02".parse::<Timestamp>().unwrap().days(), 1);
    assert_eq!("1969-12-31T23:00:00Z".parse::<Timestamp>().unwrap().days(), -1);
}

#[test]
fn what_is_no_date_is_named() {
    for text in ["2001-02-29", "yesterday", "", "03/01/2000"] {
        assert!(text.parse::<Timestamp>().unwrap_err().to_string().contains(&format!("`{text}`")));
    }
}

#[test]
fn intervals_read_back_as_written() {
    for text in ["1w", "1d", "4h", "5m", "1s", "250us"] {
        assert_eq!(text.parse::<Interval>().unwrap().to_string(), text);
    }
    assert!("0d".parse::<Interval>().is_err());
    assert!("5".parse::<Interval>().is_err());
    assert!("9999999999999999d".parse::<Interval>().is_err());
}
