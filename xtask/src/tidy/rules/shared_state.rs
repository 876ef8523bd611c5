//! Shared mutable state carries a comment with its reason, on its line or above it.

use super::{Finding, Tree};
use crate::tidy::rust::has_word;

const SHARED: [&str; 6] =
    ["Arc<Mutex<", "Arc<RwLock<", "Rc<RefCell<", "OnceLock<", "static mut", "thread_local!"];

/// What makes a `static` more than a constant.
const CHANGEABLE: [&str; 4] = ["Mutex<", "RwLock<", "Cell<", ": Atomic"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust() {
        let text: Vec<&str> = file.text.lines().collect();
        for (number, line) in rust.lines() {
            let global =
                || has_word(line, "static").then(|| CHANGEABLE.iter().find(|part| line.contains(**part)));
            let Some(word) = SHARED.iter().find(|word| has_word(line, word)).or_else(|| global().flatten())
            else {
                continue;
            };
            let above = number.checked_sub(2).and_then(|index| text.get(index));
            let explained =
                [text.get(number - 1), above].into_iter().flatten().any(|line| line.contains("//"));
            if !explained {
                findings.push(file.finding(number, format!("`{word}` without a comment with the reason")));
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
    fn unexplained_state_is_found() {
        assert_finds(
            check,
            &[("crates/x/src/a.rs", "\nfn f(x: Arc<Mutex<u8>>) {}")],
            &["crates/x/src/a.rs:2"],
        );
    }

    #[test]
    fn explained_state_passes() {
        let text = "/// Two threads report here.\nstatic LOG: OnceLock<Log> = OnceLock::new();\n\n\
                    static TABLE: LazyLock<Table> = LazyLock::new(table);";
        assert_leaves_alone(check, &[("crates/x/src/a.rs", text)]);
    }
}
