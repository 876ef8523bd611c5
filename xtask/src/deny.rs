//! `cargo xtask deny`: licences, sources and advisories of all dependencies, by `deny.toml`.

mod dependencies;

use crate::project;
use anyhow::{Context, Result, bail};
use std::process::Stdio;

/// What can be checked without a network.
const ALWAYS: [&str; 3] = ["licenses", "bans", "sources"];
/// How cargo-deny says that it has no database of advisories.
const UNREACHABLE: &str = "failed to fetch advisory database";

/// Checks everything with cargo-deny, which knows more than [`check`]: advisories, and texts of licences. `--offline`
/// leaves advisories out.
pub(crate) fn deny(arguments: &[String]) -> Result<()> {
    let offline = arguments == ["--offline"];
    if !offline && !arguments.is_empty() {
        bail!("the only option is `--offline`");
    }
    check()?;
    if !is_installed() {
        bail!("cargo-deny is not installed: `cargo install cargo-deny --locked`");
    }
    let mut command = project::cargo(["deny", "--all-features", "--log-level", "error", "check"]);
    project::run(command.args(["--hide-inclusion-graph", "--allow", "duplicate"]).args(ALWAYS))?;
    println!("licences, bans and sources are as deny.toml wants them");
    if offline {
        println!("advisories were not checked");
        return Ok(());
    }
    let mut advisories =
        project::cargo(["deny", "--all-features", "check", "--hide-inclusion-graph", "advisories"]);
    let output = advisories.stdin(Stdio::null()).output().context("cannot start cargo deny")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains(UNREACHABLE) {
        bail!(
            "advisories were not checked, the database of RustSec cannot be reached: `--offline` leaves them out"
        );
    }
    eprint!("{said}");
    if !output.status.success() {
        bail!("an advisory concerns a dependency: update it, or list it in deny.toml with the reason");
    }
    println!("no advisory concerns a dependency");
    Ok(())
}

/// Licences, bans and sources; for `cargo xtask ci`, which needs no more than the project.
pub(crate) fn check() -> Result<()> {
    dependencies::check()
}

fn is_installed() -> bool {
    project::works(&mut project::cargo(["deny", "--version"]))
}
