//! A price below zero in a column of prices.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "negative_price",
    severity: Severity::Rejected,
    finds: "a price below zero in a column of prices",
    matters: "returns over zero are not defined; a series that may be negative belongs into a column of its own name",
    threshold: "open, high, low, close or adjusted close < 0",
};
