//! A time of day that clocks of the zone never showed, because they were put forward over it.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "skipped_time",
    severity: Severity::Rejected,
    finds: "a time of day that clocks of the zone never showed, because they were put forward over it",
    matters: "the zone is another one, or the clock was wrong",
    threshold: "the hour of the change to daylight saving time in the zone of --zone",
};
