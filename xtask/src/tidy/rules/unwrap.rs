//! No `unwrap` outside tests: an invariant is stated with `expect`, everything else is an error.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust() {
        for (number, line) in rust.lines() {
            if line.contains(".unwrap()") || line.contains(".unwrap_err()") {
                findings.push(
                    file.finding(number, "`unwrap` outside tests: return an error, or state the invariant"),
                );
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn an_unwrap_is_found() {
        assert_finds(
            check,
            &[("crates/x/src/a.rs", "fn f() {\n    x.unwrap();\n}")],
            &["crates/x/src/a.rs:2"],
        );
    }

    #[test]
    fn its_relatives_and_tests_pass() {
        assert_leaves_alone(check, &[("crates/x/src/a.rs", "x.unwrap_or(1); // .unwrap()\n\".unwrap()\"")]);
        assert_leaves_alone(check, &[("crates/x/src/a.rs", "#[cfg(test)]\nmod tests {\n    x.unwrap();\n}")]);
    }
}
