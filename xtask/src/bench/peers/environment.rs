//! A virtual environment for each peer, outside the clone, made once from its pinned requirements.

use super::places;
use crate::project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The version of Python that the pinned packages are for.
const PYTHON: &str = "python3.11";
/// A copy of the requirements, written when all of them are there.
const INSTALLED: &str = "installed.txt";

/// The interpreter of a peer's environment, which is made or renewed when the requirements differ from what is there.
pub(super) fn python(peer: &str) -> Result<PathBuf> {
    let requirements = places::scripts().join("requirements").join(format!("{peer}.txt"));
    let wanted = fs::read_to_string(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = places::cache()?.join(peer);
    let python = folder.join("bin").join("python");
    if fs::read_to_string(folder.join(INSTALLED)).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    eprintln!("installing {peer} into {}", folder.display());
    create(&folder)?;
    install(peer, &python, &requirements)?;
    fs::write(folder.join(INSTALLED), wanted).context("cannot note what was installed")?;
    Ok(python)
}

fn create(folder: &Path) -> Result<()> {
    let mut command = Command::new(PYTHON);
    command.args(["-m", "venv", "--clear"]).arg(folder);
    if !project::works(Command::new(PYTHON).arg("--version")) {
        bail!(
            "the peers run on Python 3.11, and `{PYTHON}` does not start: install it, with its module venv"
        );
    }
    project::run(&mut command)
}

fn install(peer: &str, python: &Path, requirements: &Path) -> Result<()> {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    let status = command.arg(requirements).stdin(Stdio::null()).status().context("cannot start pip")?;
    if !status.success() {
        bail!(
            "pip could not install {}. It needs the network, this once: what it said stands above. \
             `--only` compares with the peers that are there",
            requirements.display()
        );
    }
    eprintln!("{peer} is installed");
    Ok(())
}

/// That Python can read the peers' scripts; without a Python nothing is known of them.
pub(super) fn parse_scripts() -> Result<()> {
    let parses = "import ast, sys; [ast.parse(open(path).read(), path) for path in sys.argv[1:]]";
    let Some(python) =
        [PYTHON, "python3"].into_iter().find(|p| project::works(Command::new(p).arg("--version")))
    else {
        eprintln!("no Python here: the peers' scripts were not read");
        return Ok(());
    };
    let mut command = Command::new(python);
    command.args(["-c", parses]);
    for entry in fs::read_dir(places::scripts())?.flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "py") {
            command.arg(entry.path());
        }
    }
    project::run(&mut command)
}
