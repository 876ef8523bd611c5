//! `cargo xtask setup`: brings the vendor's DuckDB library into the cache, checked, once per machine.

#[path = "../../crates/admf-duckdb/build/cached.rs"]
mod cached;
mod fetch;
mod vendor;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use vendor::Library;

/// What to do where no library can be fetched.
const FROM_SOURCE: &str = "DuckDB can be compiled instead (about 45 minutes of processor time): \
                           add `--features admf-duckdb/bundled` to cargo";

/// The command: makes sure that the library is in the cache and says where.
pub(crate) fn setup() -> Result<()> {
    let library = library()?;
    println!("DuckDB {} is in {}", cached::VERSION, library.display());
    Ok(())
}

/// Makes sure that the library is in the cache. Fast and silent when it is: its digest is the only work.
pub(crate) fn library() -> Result<PathBuf> {
    let machine = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    let Some(vendor) = vendor::find(&machine) else {
        bail!("the vendor has no library for {machine} that this build can link. {FROM_SOURCE}");
    };
    let library =
        cached::library(&machine).context("no cache folder: set HOME, XDG_CACHE_HOME or ADMF_CACHE")?;
    let Some(sha256) = vendor.sha256 else { return placed_by_hand(vendor, library) };
    if digest(&library).is_ok_and(|found| found == sha256) {
        return Ok(library);
    }
    eprintln!("fetching DuckDB {} for {} into {}", cached::VERSION, vendor.machine, library.display());
    install(vendor, sha256, &library)?;
    Ok(library)
}

/// The cache outside the clone, in which the library has a folder of its own; `None` when the environment names none.
pub(crate) fn cache() -> Option<PathBuf> {
    Some(cached::library("any")?.ancestors().nth(2)?.to_owned())
}

/// A library whose digest nobody recorded is never fetched: any download would pass for it.
fn placed_by_hand(vendor: &Library, library: PathBuf) -> Result<PathBuf> {
    if library.is_file() {
        return Ok(library);
    }
    bail!(
        "no digest of DuckDB's library for {} is recorded, so it is not fetched. If you trust it, unpack {} from\n  \
         {}\nto\n  {}\n{FROM_SOURCE}",
        vendor.machine,
        cached::FILE_NAME,
        vendor.archive,
        library.display()
    )
}

/// Fetches into a folder of this process and renames, so that a second setup at the same time, or one that is cut
/// off, never leaves half a library.
fn install(vendor: &Library, sha256: &str, library: &Path) -> Result<()> {
    let folder = library.parent().expect("the library lies in a folder of the cache");
    let staging = folder.join(format!("fetching-{}", std::process::id()));
    fs::create_dir_all(&staging).with_context(|| format!("cannot create {}", staging.display()))?;
    let outcome = fetch_any(vendor, sha256, &staging, library);
    fs::remove_dir_all(&staging).with_context(|| format!("cannot remove {}", staging.display()))?;
    outcome
}

fn fetch_any(vendor: &Library, sha256: &str, staging: &Path, library: &Path) -> Result<()> {
    let mut failures = String::new();
    for source in fetch::sources(vendor) {
        let attempt = source.fetch(staging).and_then(|fetched| accept(&fetched, sha256, library));
        match attempt {
            Ok(()) => return Ok(()),
            Err(error) => failures.push_str(&format!("\n  from {source}: {error:#}")),
        }
    }
    bail!("DuckDB's library could not be fetched:{failures}\n{FROM_SOURCE}")
}

/// Checks a fetched library and moves it to its place.
fn accept(fetched: &Path, sha256: &str, library: &Path) -> Result<()> {
    let found = digest(fetched)?;
    if found != sha256 {
        bail!("the library has the SHA-256 {found}, expected {sha256}: it was not installed");
    }
    // Archives keep the vendor's date; cargo has to see that the file is new.
    File::options().append(true).open(fetched)?.set_modified(SystemTime::now())?;
    fs::rename(fetched, library).with_context(|| format!("cannot move it to {}", library.display()))
}

/// SHA-256 of a file in lower-case hexadecimal digits.
fn digest(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut hasher = Hasher(Sha256::new());
    io::copy(&mut file, &mut hasher).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(hasher.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Lets `io::copy` feed the digest.
struct Hasher(Sha256);

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
