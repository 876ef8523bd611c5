//! Where the DuckDB library that we link is cached: shared by this crate's build script, which links it, and by
//! `cargo xtask setup`, which fetches it and must not depend on the crate.

use std::path::PathBuf;

/// DuckDB's version; the `duckdb` crate spells it `1.10506.x`.
pub(crate) const VERSION: &str = "1.5.6";

/// File name of the library, which is also its `SONAME`.
pub(crate) const FILE_NAME: &str = "libduckdb.so";

/// The variables that [`library`] reads, in the order of their precedence.
pub(crate) const VARIABLES: [&str; 3] = ["ADMF_CACHE", "XDG_CACHE_HOME", "HOME"];

/// The library for a kind of machine, such as `linux-x86_64`; `None` when the environment names no cache.
pub(crate) fn library(machine: &str) -> Option<PathBuf> {
    Some(cache()?.join(format!("libduckdb-{VERSION}-{machine}")).join(FILE_NAME))
}

/// The cache outside the clone: `$ADMF_CACHE`, else `$XDG_CACHE_HOME/admf`, else `~/.cache/admf`.
fn cache() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let [own, xdg, home] = VARIABLES;
    folder(own)
        .or_else(|| folder(xdg).map(|path| path.join("admf")))
        .or_else(|| folder(home).map(|path| path.join(".cache").join("admf")))
}
