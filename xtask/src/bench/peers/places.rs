//! Where scripts, environments and generated files of the comparisons lie.

use crate::{project, setup};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// The peers' scripts.
pub(super) fn scripts() -> PathBuf {
    project::root().join("xtask").join("peers")
}

/// Environments and generated files, kept between runs.
pub(super) fn cache() -> Result<PathBuf> {
    let cache = setup::cache().context("no cache folder: set HOME, XDG_CACHE_HOME or ADMF_CACHE")?;
    folder(cache.join("peers"))
}

/// An empty folder of this process below the cache; the caller removes it.
pub(super) fn scratch(name: &str) -> Result<PathBuf> {
    let path = cache()?.join(format!("{name}-{}", std::process::id()));
    if path.exists() {
        fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    folder(path)
}

fn folder(path: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
    Ok(path)
}
