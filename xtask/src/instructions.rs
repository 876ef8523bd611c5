//! `cargo xtask instructions [--update]`: how many instructions the kernels execute per strategy and bar.
//!
//! Unlike time, the count is the same on a busy machine. valgrind's callgrind counts; what it counted before stands in
//! `instructions.txt`, and a count that is larger by more than [`TOLERANCE`] is an error: either something became slower
//! by accident, or the file is to be brought up to date and says by how much.

use crate::project;
use anyhow::{Context, Result, bail};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Scenarios of `crates/admf-engine/examples/instructions.rs`.
const SCENARIOS: [&str; 5] = ["net", "long", "stops", "both_sides", "bar_by_bar"];
/// A compiler of another patch release moves counts by less.
const TOLERANCE: f64 = 0.05;
/// What was counted.
const RECORD: &str = "xtask/instructions.txt";

/// Counts and compares, or writes down.
pub(crate) fn instructions(arguments: &[String]) -> Result<()> {
    project::run(&mut project::cargo(["build", "--package", "admf-engine", "--example", "instructions"]))?;
    let here = std::env::current_exe().context("cannot tell where xtask itself is")?;
    let program = here.with_file_name("examples").join("instructions");
    let setup = count(&program, "setup")?.instructions;
    let mut counted = Vec::new();
    for scenario in SCENARIOS {
        let Counted { instructions, strategy_bars } = count(&program, scenario)?;
        let each = instructions.saturating_sub(setup) as f64 / strategy_bars as f64;
        counted.push((scenario, each));
    }
    let path = project::root().join(RECORD);
    if arguments.iter().any(|argument| argument == "--update") {
        return fs::write(&path, record(&counted)).with_context(|| format!("cannot write {RECORD}"));
    }
    let before = fs::read_to_string(&path).with_context(|| format!("cannot read {RECORD}"))?;
    let (text, slower) = compare(&before, &counted)?;
    print!("{text}");
    match slower.as_slice() {
        [] => Ok(()),
        some => bail!(
            "more instructions than before: {}; make them fewer, or `cargo xtask instructions --update` and say why",
            some.join(", ")
        ),
    }
}

/// What one process did.
struct Counted {
    instructions: u64,
    strategy_bars: u64,
}

fn count(program: &Path, scenario: &str) -> Result<Counted> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(scenario)
        .output()
        .context("cannot start valgrind: `apt install valgrind`")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("valgrind failed on `{scenario}`:\n{said}");
    }
    let instructions = collected(&said).with_context(|| format!("valgrind did not count:\n{said}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let strategy_bars =
        printed.trim().parse().with_context(|| format!("`{scenario}` printed `{printed}`"))?;
    Ok(Counted { instructions, strategy_bars })
}

/// The number in callgrind's line `==1== Collected : 123`.
fn collected(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}

fn record(counted: &[(&str, f64)]) -> String {
    let mut text =
        "# Instructions per strategy and bar; `cargo xtask instructions --update` writes this file.\n"
            .to_owned();
    for (scenario, each) in counted {
        let _ = writeln!(text, "{scenario} {each:.2}");
    }
    text
}

/// A line per scenario, and those that execute more than before.
fn compare(before: &str, counted: &[(&str, f64)]) -> Result<(String, Vec<String>)> {
    let (mut text, mut slower) = (String::new(), Vec::new());
    for (scenario, now) in counted {
        let line = before.lines().find_map(|line| line.strip_prefix(scenario)?.strip_prefix(' '));
        let then: f64 = line
            .and_then(|number| number.parse().ok())
            .with_context(|| format!("{RECORD} has no number for `{scenario}`: run with --update"))?;
        let change = now / then - 1.0;
        writeln!(
            text,
            "{scenario:<12} {now:8.2} instructions per strategy and bar, {:+.1} %",
            change * 100.0
        )?;
        if change > TOLERANCE {
            slower.push(format!("{scenario} {then:.2} → {now:.2}"));
        }
    }
    Ok((text, slower))
}

#[cfg(test)]
mod tests {
    use super::{collected, compare, record};

    #[test]
    fn the_count_is_found_in_what_callgrind_says() {
        let said = "==7== Callgrind, a call-graph\n==7== \n==7== Events    : Ir\n==7== Collected : 1234567\n";
        assert_eq!(collected(said), Some(1_234_567));
        assert_eq!(collected("==7== nothing"), None);
    }

    #[test]
    fn more_than_the_tolerance_is_slower() {
        let before = record(&[("long", 10.0), ("stops", 20.0)]);
        let (text, slower) = compare(&before, &[("long", 10.4), ("stops", 10.0)]).unwrap();
        assert!(slower.is_empty() && text.contains("+4.0 %") && text.contains("-50.0 %"), "{text}");
        let (_, slower) = compare(&before, &[("long", 10.6), ("stops", 20.0)]).unwrap();
        assert_eq!(slower, ["long 10.00 → 10.60"]);
        assert!(compare(&before, &[("other", 1.0)]).is_err());
    }
}
