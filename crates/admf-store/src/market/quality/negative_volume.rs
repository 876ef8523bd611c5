//! A volume below zero.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "negative_volume",
    severity: Severity::Rejected,
    finds: "a volume below zero",
    matters: "some sources write -1 where they know none; leave the column out with --columns volume=",
    threshold: "volume < 0",
};
