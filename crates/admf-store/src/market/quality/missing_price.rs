//! A price that is missing while other values of the row are there.

use super::{Rule, Severity};

pub(in super::super) const RULE: Rule = Rule {
    name: "missing_price",
    severity: Severity::Rejected,
    finds: "a price that is missing while other values of the row are there",
    matters: "half a bar cannot be traded; a row without any value is a day without trading and is no fault",
    threshold: "any price empty, `.`, `-`, NA, N/A, NaN, null or none",
};
