//! The two places the vendor's library comes from: the npm package, and the release archive.

use super::cached::FILE_NAME;
use super::vendor::Library;
use crate::project;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One place to fetch from.
pub(super) enum Source {
    /// A package with its version.
    Npm(&'static str),
    /// The address of a zip archive.
    Archive(&'static str),
}

/// The places to try, best first.
pub(super) fn sources(vendor: &Library) -> impl Iterator<Item = Source> {
    vendor.npm_package.map(Source::Npm).into_iter().chain([Source::Archive(vendor.archive)])
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Npm(package) => write!(f, "npm, {package}"),
            Self::Archive(address) => f.write_str(address),
        }
    }
}

impl Source {
    /// Downloads and unpacks into a folder; returns the path of the library in it.
    pub(super) fn fetch(&self, folder: &Path) -> Result<PathBuf> {
        match self {
            Self::Npm(package) => from_npm(package, folder),
            Self::Archive(address) => from_archive(address, folder),
        }
    }
}

/// `npm pack` prints the name of the file it wrote as its last line; npm has checked the registry's own digest.
fn from_npm(package: &str, folder: &Path) -> Result<PathBuf> {
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", package]).current_dir(folder).stderr(Stdio::piped()).stdin(Stdio::null());
    let packed = pack.output().context("cannot start npm: is it installed?")?;
    if !packed.status.success() {
        bail!("npm pack failed: {}", String::from_utf8_lossy(&packed.stderr).trim());
    }
    let printed = String::from_utf8_lossy(&packed.stdout);
    let archive = printed.lines().last().unwrap_or_default().trim();
    let member = format!("package/{FILE_NAME}");
    project::run(Command::new("tar").args(["-xzf", archive, &member]).current_dir(folder))?;
    Ok(folder.join(member))
}

fn from_archive(address: &str, folder: &Path) -> Result<PathBuf> {
    let archive = "library.zip";
    let limits =
        ["--proto", "=https", "--fail", "--location", "--silent", "--show-error", "--max-time", "600"];
    let mut curl = Command::new("curl");
    curl.args(limits).args(["--connect-timeout", "20", "--output", archive, address]);
    project::run(curl.current_dir(folder))?;
    unzip(archive, folder)?;
    Ok(folder.join(FILE_NAME))
}

/// Few machines have every program that reads zip files; most have one of these.
fn unzip(archive: &str, folder: &Path) -> Result<()> {
    let programs: [&[&str]; 3] = [
        &["unzip", "-q", "-o", archive, FILE_NAME],
        &["python3", "-m", "zipfile", "-e", archive, "."],
        &["bsdtar", "-xf", archive, FILE_NAME],
    ];
    for words in programs {
        if project::works(Command::new(words[0]).args(&words[1..]).current_dir(folder)) {
            return Ok(());
        }
    }
    bail!("{archive} could not be unpacked: install unzip")
}
