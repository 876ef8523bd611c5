//! Files of Yahoo Finance, downloaded or written by yfinance.

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "yahoo",
    source: "Yahoo Finance, downloaded or written by yfinance",
    recognised_by: "a header with Open, High, Low, Close, Volume and with Adj Close or Stock Splits",
    columns: "Date or Datetime, Open, High, Low, Close, Adj Close, Volume; Dividends, Stock Splits and Capital Gains \
              are not read",
    times: "2000-03-01 for a session; with a time and an offset from UTC for shorter bars, which carry their opening \
            time; longer bars carry their first day",
    traps: "prices are adjusted for splits, and Adj Close for dividends, too; with auto_adjust, the default of \
            yfinance, all prices are adjusted and Adj Close is missing; the last row may be a bar that is not over; \
            rows of null are days without trading",
    recognises,
    header: &[],
    names: &[(Role::AdjustedClose, &["adjclose"])],
    unread: &["dividends", "stocksplits", "capitalgains", "repaired"],
    stamps: Stamps::Open,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    let bar = line.has(&["open", "high", "low", "close", "volume"]);
    let dated = ["date", "datetime"].iter().any(|name| line.has(&[name]));
    Recognised::header_if(bar && dated && (line.has(&["adjclose"]) || line.has(&["stocksplits"])))
}
