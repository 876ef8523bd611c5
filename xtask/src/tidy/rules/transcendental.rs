//! Transcendental functions come from `libm` in the domain crates: the system's differ between processors.

use super::{DOMAIN, Finding, Tree};

const FUNCTIONS: [&str; 23] = [
    "ln", "ln_1p", "log", "log2", "log10", "exp", "exp2", "exp_m1", "powf", "sin", "cos", "tan", "sin_cos",
    "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "cbrt", "hypot",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| file.is_in(&DOMAIN)) {
        for (number, line) in rust.lines() {
            if let Some(name) = FUNCTIONS.iter().find(|name| calls(line, name)) {
                findings.push(
                    file.finding(number, format!("`{name}` of std is not the same everywhere: use `libm`")),
                );
            }
        }
    }
    findings
}

/// True for `x.name(` and `f64::name`.
fn calls(line: &str, name: &str) -> bool {
    line.contains(&format!(".{name}(")) || crate::tidy::rust::has_word(line, &format!("f64::{name}"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn functions_of_std_are_found() {
        let text = "let a = x.ln();\nlet b = x.map(f64::exp);\nlet c = 2f64.powf(x);";
        let path = "crates/admf-stats/src/a.rs";
        assert_finds(
            check,
            &[(path, text)],
            &[&format!("{path}:1"), &format!("{path}:2"), &format!("{path}:3")],
        );
    }

    #[test]
    fn libm_exact_functions_and_other_crates_pass() {
        let text = "libm::log(x) + x.sqrt() + x.abs() + self.logs(x) + x.explain()";
        assert_leaves_alone(
            check,
            &[("crates/admf-rules/src/a.rs", text), ("crates/admf-cli/src/a.rs", "x.ln()")],
        );
    }
}
