//! `cargo xtask ci`: everything that must pass before a change is handed in.

use crate::{bench, codegen, deny, features, instructions, project, setup, test, tidy};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the demo may take once it is built; it takes seconds.
const DEMO_LIMIT: Duration = Duration::from_secs(300);

/// A step's name and its work.
type Step = (&'static str, fn() -> Result<()>);

/// In order of cost, the tests last so that their summary stands at the end.
const STEPS: [Step; 11] = [
    ("setup", || setup::library().map(drop)),
    ("format", || project::run(&mut project::cargo(["fmt", "--all", "--check"]))),
    ("tidy", tidy::tidy),
    ("features", features::check),
    ("licences", deny::check),
    ("clippy", clippy),
    ("codegen", || codegen::codegen(&["--check".to_owned()])),
    ("demo", demo),
    ("peers", bench::peers::check),
    ("instructions", || instructions::instructions(&[])),
    ("tests", || test::run(&[])),
];

/// Runs every step, also after one failed, and says at the end how each went.
pub(crate) fn ci() -> Result<()> {
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for (name, work) in STEPS {
        eprintln!("── {name}");
        let start = Instant::now();
        let outcome = work();
        let seconds = start.elapsed().as_secs_f64();
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        lines.push(format!("{word}  {seconds:7.1} s  {name}"));
        if let Err(error) = outcome {
            eprintln!("{name}: {error:#}");
            failed.push(name);
        }
    }
    println!("{}", lines.join("\n"));
    if !failed.is_empty() {
        bail!("these steps failed: {}", failed.join(", "));
    }
    println!("everything passed");
    Ok(())
}

fn clippy() -> Result<()> {
    project::run(&mut project::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Runs the demo in a fresh folder as a newcomer would, then asks its workspace the first question of the README.
fn demo() -> Result<()> {
    let admf = project::build_admf()?;
    let folder = admf.with_file_name("ci-demo");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut demo = Command::new(&admf);
    demo.arg("demo").current_dir(&folder).stdin(Stdio::null());
    finish(demo.spawn().context("cannot start the demo")?, DEMO_LIMIT)?;
    let mut scan = Command::new(&admf);
    scan.args(["analytics", "scan", "--min-sharpe", "0", "--top", "50"])
        .current_dir(folder.join("admf-demo"));
    let table = project::output(&mut scan)?;
    let rows = table.iter().filter(|byte| **byte == b'\n').count();
    if rows < 50 {
        bail!("the demo's workspace shows {rows} lines for `--top 50`");
    }
    Ok(())
}

/// Waits for a process, at most so long.
fn finish(mut child: Child, limit: Duration) -> Result<()> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { bail!("the demo failed: {status}") };
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("the demo took longer than {} s", limit.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::finish;
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn a_process_that_does_not_end_is_stopped() {
        let child = Command::new("sleep").arg("60").spawn().unwrap();
        let error = finish(child, Duration::from_millis(20)).unwrap_err().to_string();
        assert!(error.contains("longer than"), "{error}");
    }

    #[test]
    fn a_failure_is_told() {
        assert!(finish(Command::new("false").spawn().unwrap(), Duration::from_secs(10)).is_err());
        assert!(finish(Command::new("true").spawn().unwrap(), Duration::from_secs(10)).is_ok());
    }
}
