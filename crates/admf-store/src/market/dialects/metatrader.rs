//! Bars exported by MetaTrader 5 (tabs, headers in angle brackets) and MetaTrader 4 (no header).

use super::super::columns::Role;
use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "metatrader",
    source: "MetaTrader 5 and 4, export of bars",
    recognised_by: "a header with <DATE>, <OPEN> and <TICKVOL>; or seven columns without a header that begin with \
                    2000.03.01 and 14:30",
    columns: "<DATE>, <TIME>, <OPEN>, <HIGH>, <LOW>, <CLOSE>, and <TICKVOL> as volume; <VOL> and <SPREAD> are not read",
    times: "2000.03.01 and 14:30:00 on the clock of the broker's server, which the file does not name: taken as UTC \
            unless --zone says otherwise; a bar carries its opening time",
    traps: "most servers are two or three hours ahead of UTC; prices are bids; <TICKVOL> counts changes of the price, \
            not units traded, and <VOL> is zero for currencies",
    recognises,
    header: &["Date", "Time", "Open", "High", "Low", "Close", "TickVol"],
    names: &[(Role::Volume, &["tickvol"])],
    unread: &["vol", "spread"],
    stamps: Stamps::Open,
    many_series: false,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    if line.has(&["date", "open", "tickvol"]) {
        return Recognised::Header;
    }
    let dotted =
        |field: &String| field.len() == 10 && field.as_bytes()[4] == b'.' && field.as_bytes()[7] == b'.';
    let clock = |field: &String| matches!(field.len(), 4..=8) && field.contains(':');
    let starts = line.fields.first().is_some_and(dotted) && line.fields.get(1).is_some_and(clock);
    Recognised::data_if(line.fields.len() == 7 && starts && (2..=6).all(|index| line.is_number(index)))
}
