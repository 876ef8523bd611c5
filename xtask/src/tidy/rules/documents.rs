//! Pages for people name files that exist, and leave no gap to be filled in.
//!
//! Read are the pages of the root and of `docs/`. What looks like the path of a file in backticks or as the target of
//! a link has to be in the project; what a workspace contains, and paths with `<name>`, `*` or `{a,b}` in them, are not.

use super::{Finding, Tree};
use crate::tidy::tree::File;
use std::collections::BTreeSet;

/// Folders of the project: a path that begins otherwise is of a workspace, a system or another project.
const FOLDERS: [&str; 5] = ["crates/", "docs/", "fixtures/", "xtask/", "schema/"];

/// Endings of the files that stand in the root.
const ENDINGS: [&str; 4] = [".md", ".toml", ".lock", ".sh"];

/// Files of a workspace or of an example that a page names as if they stood in the root.
const ELSEWHERE: [&str; 1] = ["admf.toml"];

/// Words of SQL, variables of the environment and functions of TA-Lib, and how variables begin.
const WORDS: [&str; 6] =
    ["CURRENT_TIMESTAMP", "NO_COLOR", "XDG_CACHE_HOME", "LINEARREG_SLOPE", "PLUS_DI", "MINUS_DI"];
const OF_VARIABLES: [&str; 3] = ["ADMF_", "CARGO_", "XDG_"];

/// The page of style names files of other projects as examples.
const ABOUT_OTHERS: [&str; 1] = ["STYLE.md"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let known: BTreeSet<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
    let mut findings = Vec::new();
    for page in tree.with_ending(&[".md"]).filter(|file| is_page(&file.path)) {
        check_page(page, &known, &mut findings);
    }
    findings
}

fn is_page(path: &str) -> bool {
    !ABOUT_OTHERS.contains(&path) && (!path.contains('/') || path.starts_with("docs/"))
}

fn check_page(page: &File, known: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    let mut in_block = false;
    for (index, line) in page.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Blocks of code are included, too.
        if let Some(path) = included(line).filter(|path| !exists(&joined(folder, path), known)) {
            findings.push(page.finding(index + 1, format!("there is nothing to include: {path}")));
        }
        if in_block {
            continue;
        }
        for path in in_backticks(line).filter(|path| is_path(path)) {
            if !exists(path.trim_end_matches('/'), known) {
                findings.push(page.finding(index + 1, format!("there is no file `{path}`")));
            }
        }
        for path in linked(line) {
            if !exists(&joined(folder, path), known) {
                findings.push(page.finding(index + 1, format!("the link leads nowhere: {path}")));
            }
        }
        for word in line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| is_gap(w)) {
            findings.push(page.finding(index + 1, format!("`{word}`: fill it in")));
        }
    }
}

/// What stands between pairs of backticks.
fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// True for text that can only be meant as a path of the project.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let in_root = || !text.contains('/') && !ELSEWHERE.contains(&text);
    text.chars().all(plain)
        && (FOLDERS.iter().any(|folder| text.starts_with(folder))
            || in_root() && ENDINGS.iter().any(|ending| text.strip_suffix(ending).is_some_and(is_name)))
}

/// True for the first part of a file name: `.md` alone is an ending and no file.
fn is_name(stem: &str) -> bool {
    !stem.is_empty() && !stem.ends_with('.')
}

/// The file that mdBook puts in the place of a line.
fn included(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{{#include ")?.strip_suffix("}}")?.split(':').next()
}

/// Targets of links to files, without the place in them.
fn linked(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let files = targets.filter_map(|target| target.split('#').next());
    files.filter(|target| !target.is_empty() && !target.contains(':') && !target.contains('<'))
}

/// A link's target seen from the root.
fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// True for a file and for a folder with files.
fn exists(path: &str, known: &BTreeSet<&str>) -> bool {
    let folder = format!("{path}/");
    known.contains(path) || known.range(folder.as_str()..).next().is_some_and(|p| p.starts_with(&folder))
}

/// `SOME_NUMBER`: capitals with an underscore in the middle are a gap that was to be filled in.
fn is_gap(word: &str) -> bool {
    let is_capital = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase());
    word.contains('_')
        && word.split('_').all(is_capital)
        && !WORDS.contains(&word)
        && !OF_VARIABLES.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    const SOURCE: (&str, &str) = ("crates/x/src/a.rs", "");

    #[test]
    fn files_that_do_not_exist_are_found() {
        for line in [
            "see `docs/semantics.md`",
            "see `crates/x/src/b.rs` and `crates/x/src/a.rs`",
            "see `CONTRIBUTING.md`",
            "[here](crates/x/src/b.rs)",
            "[here](crates/x/src/b.rs#L3)",
            "folder `crates/y/`",
            "{{#include crates/x/src/b.rs}}",
            "```\n{{#include crates/x/src/b.rs:2:3}}\n```",
        ] {
            let text = format!("first\n{line}\n");
            let line = if line.starts_with("```") { 3 } else { 2 };
            assert_finds(check, &[SOURCE, ("README.md", &text)], &[&format!("README.md:{line}")]);
        }
        assert_finds(check, &[SOURCE, ("docs/a.md", "[x](../crates/x/src/b.rs)")], &["docs/a.md:1"]);
    }

    #[test]
    fn files_that_exist_and_those_of_others_pass() {
        let text = "`crates/x/src/a.rs`, `crates/x/src/`, `crates/x`, `docs/a.md`, [a](docs/a.md#top), [b](#here)\n\
            `crates/<name>/src/<file>.rs`, `crates/{x,y}/a.rs`, `queries/<name>.sql`, `admf.toml`, `.md`\n\
            `metadata.json`, `runs/<run_id>/`, `library/trials/`, `walk.rs`, [c](https://example.com/x.md)\n\
            ```\n`docs/none.md` BUILD_MINUTES\n```\n";
        let page = "[a](../README.md) [b](a.md)\n{{#include ../crates/x/src/a.rs}}";
        let pages = [SOURCE, ("README.md", text), ("docs/a.md", page)];
        assert_leaves_alone(check, &pages);
        assert_leaves_alone(check, &[("STYLE.md", "`docs/none.md`"), ("fixtures/x.md", "`docs/none.md`")]);
    }

    #[test]
    fn gaps_are_found_and_variables_pass() {
        assert_finds(check, &[("README.md", "about BUILD_MINUTES minutes")], &["README.md:1"]);
        assert_finds(check, &[("docs/a.md", "`HOW_MANY_ROWS`")], &["docs/a.md:1"]);
        let text = "`ADMF_WORKSPACE`, `CARGO_TARGET_DIR`, NO_COLOR, USA, ma_crossover, SHA_256, A_, _B";
        assert_leaves_alone(check, &[("README.md", text)]);
    }
}
