//! Rows of a file that are neither oldest first nor newest first.

use super::{Finding, Rule, Severity};
use admf_model::words::grouped;

pub(super) const RULE: Rule = Rule {
    name: "disorder",
    severity: Severity::Flagged,
    finds: "rows of a file that are neither oldest first nor newest first within their symbols",
    matters: "bars are stored sorted by time, so nothing is lost; but a file in no order was often put together wrongly",
    threshold: "any row against the order of the others",
};

pub(super) fn finding(file: &str, first: u64, rows: u64) -> Finding {
    let what = match rows {
        1 => "a row is against the order of the others".to_owned(),
        rows => format!("{} rows are against the order of the others, this one first", grouped(rows)),
    };
    Finding {
        rule: &RULE,
        symbol: String::new(),
        time: None,
        bar: None,
        place: Some((file.to_owned(), first)),
        what,
    }
}
