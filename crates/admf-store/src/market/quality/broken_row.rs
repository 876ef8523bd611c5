//! A row with more or fewer fields than the header, or of bytes that are no UTF-8 text.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "broken_row",
    severity: Severity::Rejected,
    finds: "a row with more or fewer fields than the header, or of bytes that are no UTF-8 text",
    matters: "values would be read from wrong columns",
    threshold: "fields that are not empty beyond the last column, or too few fields",
};
