//! A function has at most 70 lines, from its first line to its closing brace; tests may list their cases.

use super::{Finding, Tree};

const MOST: usize = 70;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let long = tree.rust().flat_map(|(file, rust)| {
        let functions = rust.functions().into_iter().filter(|(_, _, lines)| *lines > MOST);
        functions.map(move |(name, first, lines)| {
            file.finding(first, format!("function `{name}` has {lines} lines, at most {MOST} are allowed"))
        })
    });
    long.collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    fn function(lines: usize) -> String {
        format!("//! A file.\nfn f() {{\n{}}}\n", "    a;\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_is_found() {
        assert_finds(check, &[("crates/x/src/a.rs", &function(71))], &["crates/x/src/a.rs:2"]);
    }

    #[test]
    fn seventy_lines_and_tests_pass() {
        assert_leaves_alone(check, &[("crates/x/src/a.rs", &function(70))]);
        assert_leaves_alone(check, &[("crates/x/src/a/tests.rs", &function(90))]);
    }
}
