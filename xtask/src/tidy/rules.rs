//! The registry of rules, one file each.

mod book;
mod clocks;
mod documents;
mod domain;
mod edges;
mod function_length;
mod length;
mod names;
mod opening;
mod printing;
mod shared_state;
mod sql;
mod transcendental;
mod unsafe_code;
mod unwrap;
mod words;

use super::Finding;
use super::tree::Tree;

/// A rule reads the tree and answers with what breaks it.
pub(super) type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule.
pub(super) const RULES: [Rule; 16] = [
    book::check,
    clocks::check,
    documents::check,
    domain::check,
    edges::check,
    function_length::check,
    length::check,
    names::check,
    opening::check,
    printing::check,
    shared_state::check,
    sql::check,
    transcendental::check,
    unsafe_code::check,
    unwrap::check,
    words::check,
];

/// The crates that compute: values in, values out.
const DOMAIN: [&str; 4] = ["admf-model", "admf-stats", "admf-rules", "admf-engine"];

/// Asserts that a rule finds exactly these `path:line` in these files.
#[cfg(test)]
fn assert_finds(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
    let findings = rule(&Tree::of(files));
    let places: Vec<String> = findings.iter().map(|f| format!("{}:{}", f.path, f.line)).collect();
    assert_eq!(places, expected, "{findings:#?}");
}

/// Files that break no rule of this file's crate, for tests of what a rule must leave alone.
#[cfg(test)]
fn assert_leaves_alone(rule: Rule, files: &[(&str, &str)]) {
    assert_finds(rule, files, &[]);
}
