//! Minute bars of HistData.com: no header, semicolons.

use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "histdata",
    source: "HistData.com, generic ASCII, one-minute bars",
    recognised_by: "six columns without a header that begin with 20000301 143000",
    columns: "date and time, open, high, low, close, volume",
    times: "20000301 143000, Eastern Standard Time all year: say --zone=-05:00; taken as UTC otherwise; a bar carries \
            its opening time",
    traps: "the zone has no daylight saving time, so America/New_York is wrong for half of the year; volume is zero; \
            prices are bids; minutes without a change of the price are left out",
    recognises,
    header: &["Datetime", "Open", "High", "Low", "Close", "Volume"],
    names: &[],
    unread: &[],
    stamps: Stamps::Open,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    let stamp = |field: &String| {
        let (date, clock) = field.split_once(' ').unwrap_or_default();
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        date.len() == 8 && clock.len() == 6 && digits(date) && digits(clock)
    };
    let starts = line.fields.first().is_some_and(stamp);
    Recognised::data_if(line.fields.len() == 6 && starts && (1..=5).all(|index| line.is_number(index)))
}
