//! A name says what is inside: no `utils`, no `_old`, and a crate's folder is named like the crate.

use super::{Finding, Tree};
use crate::tidy::tree::File;

const EMPTY_NAMES: [&str; 9] =
    ["common", "core", "helper", "helpers", "misc", "stuff", "shared", "util", "utils"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter_map(|file| named_for_nothing(file).or_else(|| misnamed_crate(file))).collect()
}

fn named_for_nothing(file: &File) -> Option<Finding> {
    let is_code = [".rs", ".sql", ".py", ".ts"].iter().any(|ending| file.path.ends_with(ending));
    let mut stems = file.path.split('/').map(|part| part.split('.').next().unwrap_or_default());
    let empty = |stem: &str| {
        EMPTY_NAMES.contains(&stem.trim_start_matches("admf-"))
            || stem.ends_with("_old")
            || stem.starts_with("new_")
    };
    let stem = stems.find(|stem| is_code && empty(stem))?;
    Some(file.finding(1, format!("`{stem}` in the path does not say what is inside")))
}

fn misnamed_crate(file: &File) -> Option<Finding> {
    let (folder, name) = file.path.strip_suffix("/Cargo.toml")?.rsplit_once('/')?;
    let declared = format!("name = \"{name}\"");
    let is_right = folder != "crates" || file.text.lines().any(|line| line == declared);
    (!is_right).then(|| file.finding(1, format!("the crate in crates/{name} has another name")))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn empty_names_are_found() {
        assert_finds(check, &[("crates/x/src/utils.rs", "")], &["crates/x/src/utils.rs:1"]);
        assert_finds(check, &[("crates/admf-common/src/a.rs", "")], &["crates/admf-common/src/a.rs:1"]);
        assert_finds(check, &[("crates/x/src/run_old.rs", "")], &["crates/x/src/run_old.rs:1"]);
        assert_finds(check, &[("crates/x/Cargo.toml", "name = \"y\"\n")], &["crates/x/Cargo.toml:1"]);
    }

    #[test]
    fn names_of_things_pass() {
        assert_leaves_alone(
            check,
            &[("crates/x/src/fill.rs", ""), ("crates/x/Cargo.toml", "name = \"x\"\n")],
        );
    }
}
