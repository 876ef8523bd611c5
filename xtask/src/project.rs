//! Where the project is and how its tools are run.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the clone.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root of the project")
}

/// A cargo command at the root of the clone, with the toolchain that runs this program.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    // `cargo run`, which runs this program, describes it in variables. Build scripts look at some of them: left in
    // place, they would rebuild half of the dependencies whenever cargo is run without xtask in between.
    let described = |name: &str| name.starts_with("CARGO_PKG_") || DESCRIPTION.contains(&name);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(described)) {
        command.env_remove(name);
    }
    command
}

/// What cargo says of a program that it runs, beside `CARGO_PKG_…`.
const DESCRIPTION: [&str; 5] = [
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
];

/// Runs a command with the terminal as it is; an exit code other than zero is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed: {status}", shown(command));
    }
    Ok(())
}

/// Runs a command and returns its standard output; its standard error stays visible.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` failed: {}", shown(command), output.status);
    }
    Ok(output.stdout)
}

/// True when a command starts and succeeds; nothing of it is shown.
pub(crate) fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Builds the `admf` command and returns its path: cargo places it beside the program that is running now.
pub(crate) fn build_admf() -> Result<PathBuf> {
    run(&mut cargo(["build", "--package", "admf-cli"]))?;
    let here = std::env::current_exe().context("cannot tell where xtask itself is")?;
    let binary = here.with_file_name("admf");
    if !binary.is_file() {
        bail!("admf-cli was built but {} is not there: run xtask as `cargo xtask`", binary.display());
    }
    Ok(binary)
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
