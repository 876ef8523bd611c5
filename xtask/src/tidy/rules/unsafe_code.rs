//! Unsafe code is in named files only, and every crate forbids it where nobody says otherwise.

use super::{Finding, Tree};

/// Files that may hold unsafe code: kernels of the engine that Miri or a sanitizer runs. None does.
const NAMED: [&str; 0] = [];
/// The word, in two parts so that this file does not use it.
const WORD: &str = concat!("un", "safe");

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| !NAMED.contains(&file.path.as_str())) {
        for (number, line) in rust.lines() {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            if words.into_iter().any(|word| word == WORD) {
                let message = format!("{WORD} code outside the files named in {}", file!());
                findings.push(file.finding(number, message));
            }
        }
    }
    for file in tree.with_ending(&["/Cargo.toml"]).filter(|file| file.path.starts_with("crates/")) {
        if !file.text.contains("[lints]\nworkspace = true") {
            let message =
                format!("the crate does not take the lints of the workspace, which forbid {WORD} code");
            findings.push(file.finding(1, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{WORD, check};
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn a_block_is_found() {
        let text = format!("fn f() {{\n    {WORD} {{ g() }}\n}}");
        assert_finds(check, &[("crates/x/src/a.rs", &text)], &["crates/x/src/a.rs:2"]);
    }

    #[test]
    fn a_crate_with_lints_of_its_own_is_found() {
        assert_finds(check, &[("crates/x/Cargo.toml", "[lints.rust]\n")], &["crates/x/Cargo.toml:1"]);
    }

    #[test]
    fn comments_and_longer_words_pass() {
        let text = format!("// {WORD}\nlet is_{WORD} = 1; // {WORD}\n");
        let manifest = "[package]\n[lints]\nworkspace = true\n";
        assert_leaves_alone(check, &[("crates/x/src/a.rs", &text), ("crates/x/Cargo.toml", manifest)]);
    }
}
