//! Arrows between crates point down only, and heavy dependencies live where they were let in.

use super::{Finding, Tree};
use crate::tidy::manifest::dependencies;
use crate::tidy::tree::File;

/// What each crate of the workspace may depend on, also for its tests.
const EDGES: [(&str, &[&str]); 10] = [
    ("admf-model", &[]),
    ("admf-stats", &["admf-model"]),
    ("admf-rules", &["admf-model"]),
    ("admf-engine", &["admf-model", "admf-stats", "admf-rules"]),
    ("admf-store", &["admf-model"]),
    ("admf-duckdb", &["admf-model", "admf-store"]),
    (
        "admf-workflow",
        &["admf-model", "admf-stats", "admf-rules", "admf-engine", "admf-store", "admf-duckdb"],
    ),
    // The library it links is all that the front end may have of admf-duckdb.
    ("admf-cli", &["admf-model", "admf-workflow", "admf-duckdb"]),
    // Tests of what reads bytes from outside. Of admf-duckdb only the library it links.
    ("admf-fuzz", &["admf-model", "admf-store", "admf-workflow", "admf-duckdb"]),
    ("xtask", &[]),
];

/// Crates from elsewhere, with all whose names begin so (`arrow-ipc`), and the crates of ours that may use them
/// outside tests.
const FENCES: [(&str, &[&str]); 17] = [
    ("anyhow", &["admf-cli", "xtask"]),
    ("arrow", &["admf-store", "admf-duckdb"]),
    ("axum", &[]),
    ("chardetng", &["admf-store"]),
    ("clap", &["admf-cli"]),
    ("datafusion", &[]),
    ("duckdb", &["admf-duckdb"]),
    ("encoding_rs", &["admf-store"]),
    ("indicatif", &["admf-cli"]),
    ("miette", &["admf-cli"]),
    ("parquet", &["admf-store", "admf-duckdb"]),
    ("polars", &[]),
    ("pulp", &["admf-engine", "admf-model"]),
    ("pyo3", &[]),
    ("rayon", &["admf-engine"]),
    ("serde", &["admf-store", "admf-workflow", "admf-cli", "xtask"]),
    ("tokio", &[]),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.with_ending(&["/Cargo.toml"]);
    manifests.flat_map(breaches).chain(front_end_uses_of_duckdb(tree)).collect()
}

fn breaches(file: &File) -> Vec<Finding> {
    let Some(package) = file.package() else { return Vec::new() };
    let Some((_, below)) = EDGES.iter().find(|(name, _)| *name == package) else {
        return vec![file.finding(1, format!("`{package}` is not in the table of edges in {}", file!()))];
    };
    let mut findings = Vec::new();
    for dependency in dependencies(&file.text) {
        let name = dependency.name;
        let refused = if name.starts_with("admf-") {
            (!below.contains(&name))
                .then(|| format!("`{package}` may not depend on `{name}`: arrows point down"))
        } else {
            let fence = FENCES.iter().find(|(fenced, _)| is_of_family(name, fenced));
            let outside = fence.filter(|(_, inside)| !inside.contains(&package) && !dependency.is_dev);
            outside.map(|(_, inside)| format!("`{name}` belongs into {inside:?} only, not into `{package}`"))
        };
        findings.extend(refused.map(|message| file.finding(dependency.line, message)));
    }
    findings
}

/// True for `arrow` and `arrow-ipc` when `arrow` is fenced.
fn is_of_family(name: &str, fenced: &str) -> bool {
    name.strip_prefix(fenced).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

fn front_end_uses_of_duckdb(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| file.is_in(&["admf-cli"])) {
        for (number, line) in rust.lines().filter(|(_, line)| line.contains("admf_duckdb")) {
            let message = format!("the front end asks the workflow, not DuckDB: `{}`", line.trim());
            findings.push(file.finding(number, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let manifest = "[dependencies]\nadmf-model.workspace = true\nadmf-store.workspace = true\n";
        assert_finds(
            check,
            &[("crates/admf-engine/Cargo.toml", manifest)],
            &["crates/admf-engine/Cargo.toml:3"],
        );
        let manifest = "[dev-dependencies]\nadmf-engine.workspace = true\n";
        assert_finds(
            check,
            &[("crates/admf-stats/Cargo.toml", manifest)],
            &["crates/admf-stats/Cargo.toml:2"],
        );
    }

    #[test]
    fn a_dependency_outside_its_fence_is_found() {
        let manifest = "[dependencies]\narrow-ipc = \"58\"\nserde_json = \"1\"\n";
        let path = "crates/admf-rules/Cargo.toml";
        assert_finds(check, &[(path, manifest)], &[&format!("{path}:2"), &format!("{path}:3")]);
    }

    #[test]
    fn an_unknown_crate_is_found() {
        assert_finds(check, &[("crates/admf-new/Cargo.toml", "")], &["crates/admf-new/Cargo.toml:1"]);
    }

    #[test]
    fn the_front_end_may_link_duckdb_and_no_more() {
        let manifest = "[dependencies]\nadmf-duckdb.workspace = true\nclap.workspace = true\n";
        assert_leaves_alone(check, &[("crates/admf-cli/Cargo.toml", manifest)]);
        let path = "crates/admf-cli/src/a.rs";
        assert_finds(check, &[(path, "use admf_duckdb::Duckdb;")], &[&format!("{path}:1")]);
    }

    #[test]
    fn tests_may_read_what_the_crate_may_not() {
        assert_leaves_alone(
            check,
            &[("crates/admf-engine/Cargo.toml", "[dev-dependencies]\nserde_json = \"1\"\n")],
        );
    }
}
