//! A row that repeats another one.

use super::{Finding, Rule, Severity};
use admf_model::Timestamp;

pub(super) const RULE: Rule = Rule {
    name: "repeated_row",
    severity: Severity::Flagged,
    finds: "a row with the symbol, time and values of another one",
    matters: "the bar is stored once, so nothing is lost; files overlap, or one was given twice",
    threshold: "all values equal; if any differs the rows are rejected as contradicting_rows",
};

pub(super) fn finding(
    symbol: &str,
    time: Timestamp,
    place: (String, u64),
    (file, line): &(String, u64),
) -> Finding {
    let what = format!("is there already with the same values ({file}:{line})");
    Finding { rule: &RULE, symbol: symbol.to_owned(), time: Some(time), bar: None, place: Some(place), what }
}
