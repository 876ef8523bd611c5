//! `cargo xtask deny`: licences, sources and advisories of all dependencies, by `deny.toml`.

use crate::project;
use anyhow::{Context, Result, bail};
use std::process::Stdio;

/// What can be checked without a network.
const ALWAYS: [&str; 3] = ["licenses", "bans", "sources"];
/// How cargo-deny says that it has no database of advisories.
const UNREACHABLE: &str = "failed to fetch advisory database";

/// Checks everything; advisories where their database can be reached, and says so where it cannot.
pub(crate) fn deny() -> Result<()> {
    if !is_installed() {
        bail!("cargo-deny is not installed: `cargo install cargo-deny --locked`");
    }
    check()?;
    let mut advisories =
        project::cargo(["deny", "--all-features", "check", "--hide-inclusion-graph", "advisories"]);
    let output = advisories.stdin(Stdio::null()).output().context("cannot start cargo deny")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains(UNREACHABLE) {
        println!("advisories were NOT checked: the database of RustSec cannot be reached from here");
        return Ok(());
    }
    eprint!("{said}");
    if !output.status.success() {
        bail!("an advisory concerns a dependency: update it, or list it in deny.toml with the reason");
    }
    println!("no advisory concerns a dependency");
    Ok(())
}

/// Licences, bans and sources; for `cargo xtask ci`, which needs no more than the project where the tool is missing.
pub(crate) fn check_if_installed() -> Result<()> {
    if is_installed() {
        return check();
    }
    eprintln!(
        "cargo-deny is not installed, so licences were not checked: `cargo install cargo-deny --locked`"
    );
    Ok(())
}

fn check() -> Result<()> {
    let mut command = project::cargo(["deny", "--all-features", "--log-level", "error", "check"]);
    project::run(command.args(["--hide-inclusion-graph", "--allow", "duplicate"]).args(ALWAYS))?;
    println!("licences, bans and sources are as deny.toml wants them");
    Ok(())
}

fn is_installed() -> bool {
    project::works(&mut project::cargo(["deny", "--version"]))
}
