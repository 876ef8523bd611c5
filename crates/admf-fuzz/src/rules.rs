//! Expressions of the rule language: what is accepted has a canonical form that means the same.

use crate::assert_sound;
use admf_workflow::rules_check::{ExpressionReport, ExpressionRequest, check_expression};
use std::path::Path;

pub(crate) fn rules(_: &Path, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match check(text) {
        Ok(report) => {
            let again = check(&report.canonical).expect("a canonical form is a rule");
            assert_eq!((again.result, again.canonical), (report.result, report.canonical));
        }
        Err(error) => assert_sound(&error),
    }
}

fn check(text: &str) -> Result<ExpressionReport, admf_workflow::WorkflowError> {
    check_expression(&ExpressionRequest { text: text.to_owned() })
}
