//! Output goes through the command line's printer: nothing else prints but xtask and build scripts.

use super::{Finding, Tree};
use crate::tidy::rust::has_word;

const PRINTING: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| !may_print(&file.path)) {
        for (number, line) in rust.lines() {
            if let Some(word) = PRINTING.iter().find(|word| has_word(line, word)) {
                findings.push(file.finding(number, format!("`{word}` outside admf-cli's printer")));
            }
        }
    }
    findings
}

fn may_print(path: &str) -> bool {
    let printer =
        path == "crates/admf-cli/src/printer.rs" || path.starts_with("crates/admf-cli/src/printer/");
    printer || path.starts_with("xtask/") || path.ends_with("/build.rs")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    const PRINTS: &str = "//! A file.\nfn f() {\n    println!(\"x\");\n}\n";

    #[test]
    fn printing_is_found() {
        assert_finds(
            check,
            &[("crates/admf-workflow/src/run.rs", PRINTS)],
            &["crates/admf-workflow/src/run.rs:3"],
        );
        let main = "crates/admf-cli/src/main.rs";
        assert_finds(check, &[(main, "fn f() { eprint!(\"\") }")], &[&format!("{main}:1")]);
    }

    #[test]
    fn the_printer_build_scripts_comments_and_tests_pass() {
        assert_leaves_alone(
            check,
            &[("crates/admf-cli/src/printer.rs", PRINTS), ("crates/x/build.rs", PRINTS)],
        );
        assert_leaves_alone(
            check,
            &[("crates/x/src/a.rs", "// println!(x)\n"), ("crates/x/src/a/tests.rs", PRINTS)],
        );
    }
}
