//! `open`, `high`, `low`, `close`, `volume`: the columns of the bars, which everything else is made of.

use super::{Entry, Family};
use crate::graph::Field;

/// The documentation of one price.
pub(super) fn entry(field: Field) -> Entry {
    let summary = match field {
        Field::Open => "first price of the bar",
        Field::High => "highest price of the bar",
        Field::Low => "lowest price of the bar",
        Field::Close => "last price of the bar, at which decisions are made",
        Field::Volume => "units traded during the bar",
        Field::Session => "day of the bar's session, for functions",
        Field::Minutes => "time of the bar's close, for functions",
    };
    Entry {
        name: field.name(),
        family: Family::Prices,
        signature: field.name().to_owned(),
        summary,
        doc: DOC,
    }
}

const DOC: &str = "\
## What it does
A column of the bars. Prices are adjusted unless the run uses raw ones; volume never is. Undefined where the source has
no value. `close@VIX` is the close of another symbol: of its latest bar closed by now, undefined once that is stale.
Symbols with other characters than letters, digits, `_`, `.` and a leading `^` are quoted: `close@\"ES=F\"`.

## Parameters
None.

## Reference
Rules 1, 3 and 4 of the semantics.
";
