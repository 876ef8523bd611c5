//! A price of zero.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "zero_price",
    severity: Severity::Rejected,
    finds: "a price of zero",
    matters: "zero stands for a missing price in many sources, and would be a loss of everything",
    threshold: "open, high, low, close or adjusted close = 0",
};
