//! Queries are `.sql` files beside a typed function: no statement is spelled in Rust.

use super::{Finding, Tree};

/// First words of a statement, each with the blank that follows it.
const STATEMENTS: [&str; 10] =
    ["select ", "insert ", "update ", "delete ", "with ", "copy ", "attach ", "drop ", "alter ", "truncate "];

/// Words that make a text that begins so a statement and not a sentence.
const CLAUSES: [&str; 10] =
    [" from ", " into ", " set ", " as (", " table ", " view ", " to ", " values", "select *", " where "];

/// Files that render SQL from the definition of a table or from a checked filter.
const RENDERERS: [&str; 0] = [];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| !RENDERERS.contains(&file.path.as_str())) {
        for literal in rust.literals.iter().filter(|literal| is_statement(&literal.text)) {
            findings.push(
                file.finding(literal.line, "SQL in Rust: it belongs into a .sql file beside a function"),
            );
        }
    }
    findings
}

/// In capitals or not, prose may begin with `update` or `with`; a statement also has a clause and a capital.
fn is_statement(literal: &str) -> bool {
    let inside = literal.split_once('"').map_or(literal, |(_, inside)| inside);
    let text = inside.trim_start_matches('\\').split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    lower != text
        && STATEMENTS.iter().any(|word| lower.starts_with(word))
        && CLAUSES.iter().any(|clause| lower.contains(clause))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn statements_are_found() {
        let text =
            "f(\"SELECT a FROM b\");\ng(\"\n  INSERT INTO b VALUES (1)\");\nh(r#\"DELETE FROM \"b\"\"#);";
        let path = "crates/x/src/a.rs";
        assert_finds(
            check,
            &[(path, text)],
            &[&format!("{path}:1"), &format!("{path}:2"), &format!("{path}:4")],
        );
    }

    #[test]
    fn sentences_included_files_and_tests_pass() {
        let text = "f(\"select a run from the list\"); g(\"with costs\"); include_str!(\"q.sql\"); // SELECT a FROM b";
        assert_leaves_alone(check, &[("crates/x/src/a.rs", text)]);
        assert_leaves_alone(check, &[("crates/x/src/a/tests.rs", "f(\"SELECT a FROM b\")")]);
    }
}
