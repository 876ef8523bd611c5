//! Klines of Binance: no header, twelve columns.

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "binance",
    source: "Binance klines, spot and futures, as in the archives of data.binance.vision",
    recognised_by: "twelve columns without a header of which the first and the seventh are counts since 1970; or a \
                    header with open_time and close_time",
    columns: "open time, open, high, low, close, volume, close time; quote volume, trades and taker volumes are not \
              read",
    times: "UTC; milliseconds since 1970 until 2024, microseconds from 2025 on, told apart row by row; a bar is known \
            at its close time, the last instant before the next bar opens",
    traps: "the symbol is in the name of the file alone: BTCUSDT-1h-2024-01.csv and its siblings hold BTCUSDT; a day's bar closes at midnight UTC and carries the date of \
            the day that it closes",
    recognises,
    header: &[
        "open_time",
        "open",
        "high",
        "low",
        "close",
        "volume",
        "close_time",
        "quote_volume",
        "trades",
        "taker_buy_volume",
        "taker_buy_quote_volume",
        "ignore",
    ],
    names: &[(Role::CloseTime, &["closetime"])],
    unread: &[
        "opentime",
        "quotevolume",
        "quoteassetvolume",
        "count",
        "trades",
        "numberoftrades",
        "takerbuyvolume",
        "takerbuybaseassetvolume",
        "takerbuyquotevolume",
        "takerbuyquoteassetvolume",
        "ignore",
    ],
    stamps: Stamps::End,
    many_series: false,
    names_say_intervals: true,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    if line.has(&["opentime", "closetime", "open", "close"]) {
        return Recognised::Header;
    }
    let counts = [0, 6].iter().all(|index| matches!(line.digits(*index), Some(13 | 16)));
    Recognised::data_if(line.fields.len() == 12 && counts && (1..=5).all(|index| line.is_number(index)))
}
