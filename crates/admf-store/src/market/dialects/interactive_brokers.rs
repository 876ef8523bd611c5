//! Historical bars of Interactive Brokers, as ib_insync, ib_async and TWS write them.

use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "interactive-brokers",
    source: "Interactive Brokers, bars of its API as ib_insync and ib_async write them",
    recognised_by: "a header with Date, Open, Close and BarCount",
    columns: "date, open, high, low, close, volume; average, wap and barCount are not read",
    times: "20000301 for a session; 20000301 14:30:00 US/Eastern or 2000-03-01 14:30:00-05:00 for shorter bars, which \
            carry their opening time",
    traps: "prices are adjusted for splits, not for dividends; the clock is that of the login unless a zone is \
            written; volume of US stocks may be in hundreds; volume is -1 for indices and currencies, which is \
            rejected: leave the column out with --columns volume=",
    recognises,
    header: &[],
    names: &[],
    unread: &["average", "wap", "vwap", "barcount", "hasgaps"],
    stamps: Stamps::Open,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    Recognised::header_if(line.has(&["date", "open", "close", "barcount"]))
}
