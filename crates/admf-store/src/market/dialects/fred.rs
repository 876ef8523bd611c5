//! Series of FRED, the database of the Federal Reserve Bank of St. Louis.

use super::super::stamps::Stamps;
use super::{FirstLine, KnownDialect, Recognised};

pub(super) const DIALECT: KnownDialect = KnownDialect {
    name: "fred",
    source: "FRED, Federal Reserve Bank of St. Louis",
    recognised_by: "a header of observation_date, or DATE in capitals, and names of series in capitals",
    columns: "observation_date or DATE, and a column for each series, which becomes an auxiliary symbol of its name",
    times: "2000-03-01; a month, quarter or year is dated with its first day and is stamped with its last; days and weeks \
            stay as they are dated",
    traps: "a dot or an empty field is a day without a value; a month's value is published days or weeks after the \
            month, which the file does not tell: let rules wait with a lag, such as lag(close@CPIAUCSL, 15); values \
            are those of the latest revision",
    recognises,
    header: &[],
    names: &[],
    unread: &[],
    stamps: Stamps::PeriodStart,
    many_series: true,
    names_say_intervals: false,
};

fn recognises(line: &FirstLine<'_>) -> Recognised {
    let Some((first, series)) = line.fields.split_first() else { return Recognised::No };
    let id = |name: &String| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let price = ["OPEN", "HIGH", "LOW", "CLOSE", "VOLUME", "PRICE", "VALUE", "TIME", "TICKER", "SYMBOL"];
    let named = !series.is_empty() && series.iter().all(|name| id(name) && !price.contains(&name.as_str()));
    Recognised::header_if(first == "observation_date" && !series.is_empty() || first == "DATE" && named)
}
