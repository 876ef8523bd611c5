use super::{Dialect, Packing, RowOrder};
use crate::market::date::DateFormat;
use crate::market::stamps::Stamps;

#[test]
fn what_was_detected_is_said_in_words() {
    let dialect = Dialect {
        name: "generic".into(),
        packing: Packing::Gzip,
        encoding: Some("windows-1252".into()),
        titles: vec!["Depot".into()],
        delimiter: ';',
        decimal_comma: true,
        dates: vec![DateFormat::DayMonth],
        session_dates: false,
        zone: Some("Europe/Berlin".into()),
        zone_assumed: false,
        stamps: Stamps::Close,
        columns: vec!["Date".into(), "Close".into()],
        ignored: vec!["Note".into()],
        order: RowOrder::Descending,
    };
    assert_eq!(
        dialect.to_string(),
        "generic, gzip, semicolon, windows-1252, decimal comma, dates day/month/year, zone Europe/Berlin, newest first, \
         columns Date, Close; ignored Note"
    );
}

#[test]
fn what_earlier_imports_kept_is_still_read() {
    let text = r#"{"gzip": true, "delimiter": ",", "dates": ["month_day_assumed"], "session_dates": false,
        "columns": ["Date"], "ignored": [], "order": "ascending"}"#;
    let dialect: Dialect = serde_json::from_str(text).unwrap();
    assert_eq!(
        (dialect.name.as_str(), dialect.dates.as_slice()),
        ("generic", [DateFormat::MonthDay].as_slice())
    );
}
