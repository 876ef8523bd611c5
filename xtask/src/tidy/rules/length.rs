//! One idea per file: 500 lines without tests, 800 with them; the entry file of the command line has 80.

use super::{Finding, Tree};

const WITHOUT_TESTS: usize = 500;
const WITH_TESTS: usize = 800;

/// Files with a bound of their own.
const OWN_BOUND: [(&str, usize); 2] = [("crates/admf-cli/src/main.rs", 80), ("ARCHITECTURE.md", 250)];

/// Lists that grow by a line for each new thing.
const REGISTRIES: [&str; 1] = ["crates/admf-rules/src/functions.rs"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        let lines = file.text.lines().count();
        let bound = OWN_BOUND.iter().find(|(path, _)| *path == file.path).map(|(_, bound)| *bound);
        if let Some(bound) = bound.filter(|bound| lines > *bound) {
            findings.push(
                file.finding(bound + 1, format!("the file has {lines} lines, at most {bound} are allowed")),
            );
        }
        let Some(rust) = file.rust.as_ref().filter(|_| !REGISTRIES.contains(&file.path.as_str())) else {
            continue;
        };
        let code = if rust.is_test { 0 } else { lines - rust.test_lines };
        if code > WITHOUT_TESTS {
            let message =
                format!("the file has {code} lines without tests, at most {WITHOUT_TESTS} are allowed");
            findings.push(file.finding(WITHOUT_TESTS + 1, message));
        } else if lines > WITH_TESTS {
            let message = format!("the file has {lines} lines, at most {WITH_TESTS} are allowed");
            findings.push(file.finding(WITH_TESTS + 1, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn long_files_are_found() {
        assert_finds(check, &[("crates/x/src/a.rs", &"a\n".repeat(501))], &["crates/x/src/a.rs:501"]);
        assert_finds(
            check,
            &[("crates/x/src/a/tests.rs", &"a\n".repeat(801))],
            &["crates/x/src/a/tests.rs:801"],
        );
        let main = "crates/admf-cli/src/main.rs";
        assert_finds(check, &[(main, &"a\n".repeat(81))], &[&format!("{main}:81")]);
    }

    #[test]
    fn tests_inside_a_file_count_for_the_wider_bound_only() {
        let tests = |n| format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "a\n".repeat(400), "b\n".repeat(n));
        assert_leaves_alone(check, &[("crates/x/src/a.rs", &tests(390))]);
        assert_finds(check, &[("crates/x/src/a.rs", &tests(398))], &["crates/x/src/a.rs:801"]);
        assert_leaves_alone(check, &[("crates/admf-rules/src/functions.rs", &"a\n".repeat(501))]);
    }
}
