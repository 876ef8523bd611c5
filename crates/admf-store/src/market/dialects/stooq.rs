//! ASCII files of Stooq: headers in angle brackets, dates of eight digits.

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "stooq",
    source: "Stooq's database in ASCII files (stooq.com/db)",
    recognised_by: "a header with <TICKER>, <PER> and <DATE>",
    columns: "<TICKER>, <DATE>, <TIME>, <OPEN>, <HIGH>, <LOW>, <CLOSE>, <VOL>; <PER> and <OPENINT> are not read",
    times: "20000301 and 153000; Stooq does not say of which zone the times of day are nor whether they are opening \
            or closing times: taken as closing times, UTC, unless --zone and --stamps say otherwise",
    traps: "prices are adjusted for splits and dividends already, so that there is no adjustment factor and absolute \
            price levels embed later splits; volume is adjusted, too, and has decimals",
    recognises,
    header: &[],
    names: &[(Role::Volume, &["vol"])],
    unread: &["per", "openint"],
    stamps: Stamps::Close,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    let bracketed = line.fields.iter().any(|field| field.starts_with('<'));
    Recognised::header_if(bracketed && line.has(&["ticker", "per", "date"]))
}
