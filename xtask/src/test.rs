//! `cargo xtask test`: every test of the workspace.

use crate::{project, setup};
use anyhow::Result;
use std::process::Command;

/// Runs the tests with cargo-nextest where it is installed, else with `cargo test`; arguments pass through.
pub(crate) fn test(arguments: &[String]) -> Result<()> {
    setup::library()?;
    run(arguments)?;
    println!("all tests passed");
    Ok(())
}

/// The tests alone, for callers that have set up and say in their own words how it went.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let nextest = project::works(&mut project::cargo(["nextest", "--version"]));
    project::run(&mut command(nextest, arguments))
}

fn command(nextest: bool, arguments: &[String]) -> Command {
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test"] };
    let mut command = project::cargo(runner);
    let chosen = |word: &String| word == "-p" || word.starts_with("--package");
    if !arguments.iter().any(chosen) {
        command.arg("--workspace");
    }
    command.args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::command;

    fn words(nextest: bool, arguments: &[&str]) -> Vec<String> {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        command(nextest, &arguments).get_args().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_whole_workspace_unless_a_package_is_named() {
        assert_eq!(words(true, &["ledger"]), ["nextest", "run", "--workspace", "ledger"]);
        assert_eq!(words(false, &["-p", "admf-stats"]), ["test", "-p", "admf-stats"]);
    }
}
