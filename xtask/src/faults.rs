//! `cargo xtask faults`: a full disk, kills, processes in each other's way, hostile files.

use crate::{project, setup};
use anyhow::{Result, bail};

/// The tests by the beginning of their names.
const TESTS: [&str; 2] = ["faults::", "kill::"];

/// Runs the tests of faults; with `--long` those that come by chance many times. Other words choose among them.
pub(crate) fn faults(arguments: &[String]) -> Result<()> {
    let (long, chosen): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|word| *word == "--long");
    if let Some(option) = chosen.iter().find(|word| word.starts_with('-')) {
        bail!("there is no option `{option}`: `--long`, and parts of names of tests");
    }
    setup::library()?;
    let names: Vec<&str> =
        if chosen.is_empty() { TESTS.to_vec() } else { chosen.iter().map(|word| word.as_str()).collect() };
    for name in &names {
        let mut list =
            project::cargo(["test", "--quiet", "--package", "admf-cli", "--test", "it", "--", "--list"]);
        let listed = project::output(list.arg(name))?;
        if !String::from_utf8_lossy(&listed).contains(": test") {
            bail!("no test has `{name}` in its name");
        }
    }
    let mut command = project::cargo(["test", "--package", "admf-cli", "--test", "it", "--"]);
    // Each tells what it used and how often it tried; one after the other, so that they do not disturb each other.
    command.args(["--show-output", "--test-threads", "1"]);
    command.args(names);
    if !long.is_empty() {
        command.env("ADMF_FAULTS", "long");
    }
    project::run(&mut command)?;
    println!("every fault was met");
    Ok(())
}
