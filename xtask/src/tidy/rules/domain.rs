//! The domain crates do no input or output, start no thread of their own and are never async.

use super::{DOMAIN, Finding, Tree};
use crate::tidy::rust::has_word;

const OUTSIDE: [&str; 9] = [
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time",
    "async fn",
    "File::open",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in
        tree.rust().filter(|(file, _)| file.is_in(&DOMAIN) && !file.path.ends_with("/build.rs"))
    {
        for (number, line) in rust.lines() {
            if let Some(word) = OUTSIDE.iter().find(|word| has_word(line, word)) {
                findings
                    .push(file.finding(number, format!("`{word}` in a domain crate, which only computes")));
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
    fn input_and_output_are_found() {
        let path = "crates/admf-engine/src/a.rs";
        assert_finds(check, &[(path, "\nuse std::fs::File;")], &[&format!("{path}:2")]);
    }

    #[test]
    fn tests_and_other_crates_pass() {
        assert_leaves_alone(check, &[("crates/admf-engine/tests/it/main.rs", "use std::fs;")]);
        assert_leaves_alone(
            check,
            &[("crates/admf-store/src/a.rs", "use std::fs;"), ("xtask/src/a.rs", "std::env")],
        );
    }
}
