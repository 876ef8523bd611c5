//! Links the cached DuckDB library and tells dependants where it is, so that no environment variable is needed when
//! a binary runs. With the feature `bundled` DuckDB is compiled in and there is nothing to link.

#[path = "build/cached.rs"]
mod cached;

use std::path::{Path, PathBuf};
use std::process::exit;
use std::{env, fs, io};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/cached.rs");
    if env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        return;
    }
    for variable in cached::VARIABLES {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    match link() {
        Ok((folder, cache)) => {
            let (folder, cache) = (folder.display(), cache.display());
            println!("cargo::rustc-link-search=native={folder}");
            println!("cargo::rustc-link-arg=-Wl,-rpath,{folder}");
            // Where a binary looks: beside itself when it was packaged, in the build, in the cache after `cargo clean`.
            println!("cargo::metadata=rpath=$ORIGIN/../lib/admf:{folder}:{cache}");
        }
        Err(message) => {
            println!("cargo::error={message}");
            exit(1);
        }
    }
}

/// Places the cached library into this build's own folder, which outlives a pruned cache; returns that folder and the
/// library's own.
fn link() -> Result<(PathBuf, PathBuf), String> {
    let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let machine = format!("{}-{}", variable("CARGO_CFG_TARGET_OS")?, variable("CARGO_CFG_TARGET_ARCH")?);
    let library = cached::library(&machine)
        .ok_or("no cache folder: set HOME, XDG_CACHE_HOME or ADMF_CACHE, then run `cargo xtask setup`")?;
    println!("cargo::rerun-if-changed={}", library.display());
    if !library.is_file() {
        return Err(format!(
            "DuckDB's library is not at {}: run `cargo xtask setup` once, which fetches it",
            library.display()
        ));
    }
    let folder = PathBuf::from(variable("OUT_DIR")?);
    place(&library, &folder.join(cached::FILE_NAME))
        .map_err(|error| format!("cannot place {} into {}: {error}", library.display(), folder.display()))?;
    let cache = library.parent().map(Path::to_owned).unwrap_or_default();
    Ok((folder, cache))
}

/// A hard link costs nothing; across file systems it has to be a copy.
fn place(from: &Path, to: &Path) -> io::Result<()> {
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
