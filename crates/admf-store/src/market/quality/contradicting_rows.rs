//! Several rows for the same symbol and time with different values.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "contradicting_rows",
    severity: Severity::Rejected,
    finds: "several rows for the same symbol and time with different values",
    matters: "to choose one would be a guess that depends on the order of the files",
    threshold: "equal times, any value unequal: all of these rows",
};
