//! Historical data of Investing.com.

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "investing",
    source: "Investing.com, historical data",
    recognised_by: "a header with Price, Open and Vol.",
    columns: "Date, Price as close, Open, High, Low, Vol. as volume; Change % is not read",
    times: "03/01/2000 or Mar 01, 2000, newest first; day first in some languages of the site",
    traps: "volume is written as 36.28M, so only its first digits are known; numbers have thousands separators",
    recognises,
    header: &[],
    names: &[(Role::Close, &["price"]), (Role::Volume, &["vol"])],
    unread: &["change"],
    stamps: Stamps::Close,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    Recognised::header_if(line.has(&["date", "price", "open", "vol"]))
}
