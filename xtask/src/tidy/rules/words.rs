//! What is not finished is not there: words that mark a stub or a leftover are refused in every text file.

use super::{Finding, Tree};
use crate::tidy::rust::has_word;

/// Words in this spelling only.
const EXACT: [&str; 5] = ["todo!", "unimplemented!", "TODO", "FIXME", "XXX"];

/// Words in any spelling.
const ANY_CASE: [&str; 4] = ["placeholder", "placeholders", "for now", "not yet implemented"];

const ENDINGS: [&str; 10] = [".rs", ".sql", ".yaml", ".yml", ".toml", ".md", ".py", ".pyi", ".ts", ".svelte"];

/// Files that are about these words.
const ABOUT: [&str; 2] = ["STYLE.md", "xtask/src/tidy/rules/words.rs"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_ending(&ENDINGS).filter(|file| !ABOUT.contains(&file.path.as_str())) {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(word) = forbidden(line) {
                findings.push(file.finding(index + 1, format!("`{word}`: finish it, or leave it out")));
            }
        }
    }
    findings
}

fn forbidden(line: &str) -> Option<&'static str> {
    let lower = line.to_lowercase();
    EXACT
        .into_iter()
        .find(|word| has_word(line, word))
        // `.placeholder(…)` is what clap calls the style of a value's name.
        .or_else(|| ANY_CASE.into_iter().find(|word| has_word(&lower.replace(".placeholder(", ""), word)))
        .or_else(|| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|w| w.ends_with("_v2"))
                .then_some("_v2")
        })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn marks_of_a_stub_are_found() {
        for line in [
            "todo!()",
            "// TODO: costs",
            "/* FIXME */",
            "-- XXX",
            "A Placeholder.",
            "fine For now",
            "run_v2()",
        ] {
            let text = format!("first\n{line}\n");
            assert_finds(check, &[("crates/x/src/a.rs", &text)], &["crates/x/src/a.rs:2"]);
            assert_finds(check, &[("docs/a.md", &text)], &["docs/a.md:2"]);
        }
    }

    #[test]
    fn other_words_pass() {
        let text = "style.placeholder(x), mastodon, todos, for nowhere, ipv2, XXXL, v2";
        assert_leaves_alone(check, &[("crates/x/src/a.rs", text), ("STYLE.md", "TODO"), ("a.csv", "TODO")]);
    }
}
