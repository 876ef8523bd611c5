//! A field of numbers that holds something else, or separators that contradict the decimal sign of the file.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "not_a_number",
    severity: Severity::Rejected,
    finds: "a field of numbers that holds something else, or separators that contradict the decimal sign of the file",
    matters: "a number that is guessed may be off by a thousand",
    threshold: "a text that is no finite number; `1,234` in a price where nothing tells whether the comma is decimal",
};
