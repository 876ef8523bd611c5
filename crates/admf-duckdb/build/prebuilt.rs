//! Which DuckDB library is linked and where its copy lives: shared by this crate's build script, which links it, and
//! by `cargo xtask setup`, which fetches it and must not depend on the crate.

use std::path::PathBuf;

/// DuckDB's version; the `duckdb` crate spells it `1.10506.x`.
pub(crate) const VERSION: &str = "1.5.6";

/// File name of the library, which is also its `SONAME`.
pub(crate) const FILE_NAME: &str = "libduckdb.so";

/// The vendor's library for one kind of machine.
pub(crate) struct Prebuilt {
    /// Name of the folder in the cache.
    pub(crate) machine: &'static str,
    /// The npm package that carries the library, with its version.
    pub(crate) npm_package: Option<&'static str>,
    /// The vendor's release archive.
    pub(crate) archive: &'static str,
    /// SHA-256 of the library. The npm package carries the file of the release archive unchanged, so one digest
    /// serves both. `None` where none was ever recorded: only the transport vouches for the file.
    pub(crate) sha256: Option<&'static str>,
}

/// The machines that the vendor builds for and whose linker understands our run paths.
pub(crate) const PREBUILT: [Prebuilt; 2] = [
    Prebuilt {
        machine: "linux-x86_64",
        npm_package: Some("@duckdb/node-bindings-linux-x64@1.5.6-r.1"),
        archive: "https://github.com/duckdb/duckdb/releases/download/v1.5.6/libduckdb-linux-amd64.zip",
        sha256: Some("3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633"),
    },
    Prebuilt {
        machine: "linux-aarch64",
        npm_package: None,
        archive: "https://github.com/duckdb/duckdb/releases/download/v1.5.6/libduckdb-linux-arm64.zip",
        sha256: None,
    },
];

/// The library for an operating system and processor, in Cargo's spelling.
pub(crate) fn find(os: &str, arch: &str) -> Option<&'static Prebuilt> {
    let machine = format!("{os}-{arch}");
    PREBUILT.iter().find(|prebuilt| prebuilt.machine == machine)
}

impl Prebuilt {
    /// Where the library is kept; `None` when the environment names no cache.
    pub(crate) fn cached(&self) -> Option<PathBuf> {
        let folder = format!("libduckdb-{VERSION}-{}", self.machine);
        Some(cache()?.join(folder).join(FILE_NAME))
    }
}

/// The variables that [`cache`] reads, in the order of their precedence.
pub(crate) const CACHE_VARIABLES: [&str; 3] = ["ADMF_CACHE", "XDG_CACHE_HOME", "HOME"];

/// The cache outside the clone: `$ADMF_CACHE`, else `$XDG_CACHE_HOME/admf`, else `~/.cache/admf`.
pub(crate) fn cache() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let [own, xdg, home] = CACHE_VARIABLES;
    folder(own)
        .or_else(|| folder(xdg).map(|path| path.join("admf")))
        .or_else(|| folder(home).map(|path| path.join(".cache").join("admf")))
}
