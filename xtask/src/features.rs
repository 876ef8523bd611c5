//! That the program is built with the features that tests use, so that whoever runs `demo` and then `test` compiles
//! every crate once.

use crate::project;
use anyhow::{Result, bail};
use std::collections::BTreeSet;

/// Compares what `cargo build` would build for the program with what `cargo test` would build.
pub(crate) fn check() -> Result<()> {
    let program = crates(&["--package", "admf-cli", "--edges", "normal,build"])?;
    let tests = crates(&["--workspace", "--edges", "normal,build,dev"])?;
    let other: Vec<&str> = program.difference(&tests).map(String::as_str).collect();
    if !other.is_empty() {
        bail!(
            "tests build these with more features than the program, so they and all that use them are built twice:\n  \
             {}\nname the features in the [dependencies] of crates/admf-cli/Cargo.toml",
            other.join("\n  ")
        );
    }
    Ok(())
}

/// Every crate with its version and features.
fn crates(selection: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = project::cargo(["tree", "--prefix", "none", "--no-dedupe", "--format", "{p} [{f}]"]);
    let listed = project::output(tree.args(selection))?;
    Ok(String::from_utf8(listed)?.lines().map(str::to_owned).collect())
}
