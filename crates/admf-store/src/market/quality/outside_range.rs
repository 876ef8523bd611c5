//! An open or close that is not between the lowest and the highest price of its bar.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "outside_range",
    severity: Severity::Rejected,
    finds: "an open or close that is not between the lowest and the highest price of its bar",
    matters: "columns are swapped, or a price is of another bar; stops and targets would be decided on a wrong range",
    threshold: "more than 0.01 % of the price outside low to high, so that rounding is no fault",
};
