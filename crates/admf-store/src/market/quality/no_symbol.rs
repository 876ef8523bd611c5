//! A row without a symbol in a file with a column of symbols.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "no_symbol",
    severity: Severity::Rejected,
    finds: "a row without a symbol in a file with a column of symbols",
    matters: "the bar belongs to nobody",
    threshold: "the field is empty",
};
