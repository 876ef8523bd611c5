//! Time and randomness are arguments below the workflow, and in SQL everywhere.

use super::{DOMAIN, Finding, Tree};
use crate::tidy::rust::has_word;

const IN_RUST: [&str; 7] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Utc::now",
    "thread_rng",
    "rand::random",
];

const IN_SQL: [&str; 6] = ["now()", "current_timestamp", "current_date", "today()", "random()", "uuid()"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let below =
        |file: &crate::tidy::tree::File| file.is_in(&DOMAIN) || file.is_in(&["admf-store", "admf-duckdb"]);
    for (file, rust) in tree.rust().filter(|(file, _)| below(file)) {
        for (number, line) in rust.lines() {
            if let Some(word) = IN_RUST.iter().find(|word| has_word(line, word)) {
                findings
                    .push(file.finding(number, format!("`{word}` below the workflow: make it an argument")));
            }
        }
    }
    // What tests ask stays as others wrote it.
    for file in tree.with_ending(&[".sql"]).filter(|file| !file.path.contains("/tests/")) {
        for (index, line) in file.text.lines().enumerate() {
            let query = line.split("--").next().unwrap_or_default().to_lowercase();
            if let Some(word) = IN_SQL.iter().find(|word| has_word(&query, word)) {
                findings.push(file.finding(index + 1, format!("`{word}` in SQL: make it an argument")));
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
    fn clocks_and_chance_are_found() {
        let text = "fn f() {\n    std::time::Instant::now();\n}";
        assert_finds(check, &[("crates/admf-store/src/a.rs", text)], &["crates/admf-store/src/a.rs:2"]);
        assert_finds(check, &[("crates/x/queries/a.sql", "SELECT\n  NOW()")], &["crates/x/queries/a.sql:2"]);
    }

    #[test]
    fn the_workflow_may_look_at_the_clock() {
        assert_leaves_alone(check, &[("crates/admf-workflow/src/a.rs", "SystemTime::now()")]);
        assert_leaves_alone(check, &[("a.sql", "SELECT ts -- not now()\n")]);
    }
}
