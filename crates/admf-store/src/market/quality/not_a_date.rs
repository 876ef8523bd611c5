//! A time that cannot be read, or a day that does not exist.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "not_a_date",
    severity: Severity::Rejected,
    finds: "a time that cannot be read, or a day that does not exist",
    matters: "a bar at a wrong time moves all that follows",
    threshold: "no known way to write a date, or a day such as 2001-02-29",
};
