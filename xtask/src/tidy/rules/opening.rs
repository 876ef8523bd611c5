//! Every Rust file opens with one sentence on what it is; files of tests say it with their names.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let opens =
        |text: &str| text.starts_with("//! ") && text.lines().next().is_some_and(|line| line.len() > 10);
    tree.rust()
        .filter(|(file, rust)| !opens(&file.text) && !is_sibling_of_tests(&file.path, rust.is_test))
        .map(|(file, _)| file.finding(1, "the file does not open with `//!` and a sentence on what it is"))
        .collect()
}

/// `foo/tests.rs` is named by the file it tests; the entry file of an integration binary is not.
fn is_sibling_of_tests(path: &str, is_test: bool) -> bool {
    is_test && !path.ends_with("/main.rs")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn a_file_without_a_sentence_is_found() {
        assert_finds(check, &[("crates/x/src/a.rs", "use std::fs;\n")], &["crates/x/src/a.rs:1"]);
        assert_finds(check, &[("crates/x/src/a.rs", "//! a\n")], &["crates/x/src/a.rs:1"]);
    }

    #[test]
    fn a_sentence_and_files_of_tests_pass() {
        assert_leaves_alone(check, &[("crates/x/src/a.rs", "//! What a bar is.\n")]);
        assert_leaves_alone(check, &[("crates/x/src/a/tests.rs", "use super::*;\n")]);
    }
}
