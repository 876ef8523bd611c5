//! Historical quotes of nasdaq.com.

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "nasdaq",
    source: "nasdaq.com, historical quotes",
    recognised_by: "a header with Close/Last",
    columns: "Date, Close/Last, Volume, Open, High, Low",
    times: "03/01/2000, the month first, newest first; sessions of New York",
    traps: "prices begin with a dollar sign and are adjusted for splits; volume is N/A for indices",
    recognises,
    header: &[],
    names: &[(Role::Close, &["closelast"])],
    unread: &[],
    stamps: Stamps::Close,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    Recognised::header_if(line.has(&["date", "closelast"]))
}
