//! Any other file with a header.

use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "generic",
    source: "anything else with a header: pandas, brokers, spreadsheets",
    recognised_by: "none of the other dialects",
    columns: "date, datetime, timestamp or time; symbol or ticker; open, high, low, close or o, h, l, c; adj close; \
              volume or v; a single column of another name is an auxiliary series; --columns maps other names",
    times: "2000-03-01, 20000301, 3/1/2000, 1.3.2000, 01-Mar-2000, each with or without a time and a zone; or a count \
            since 1970, whose magnitude tells the unit; UTC unless a zone is written or --zone is given; closing \
            times unless --stamps open",
    traps: "day and month are told apart by a day above 12; where none is, --date-format must say; many sources stamp \
            bars shorter than a day with their opening time",
    recognises,
    header: &[],
    names: &[],
    unread: &[],
    stamps: Stamps::Close,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(_: &FirstLine<'_>) -> Recognised {
    Recognised::Header
}
