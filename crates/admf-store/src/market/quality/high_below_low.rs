//! A bar whose highest price is below its lowest.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "high_below_low",
    severity: Severity::Rejected,
    finds: "a bar whose highest price is below its lowest",
    matters: "a bar that contradicts itself would fill stops and targets at prices that never were",
    threshold: "high < low",
};
