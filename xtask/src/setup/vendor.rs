//! The libraries that DuckDB's makers publish, and how to know them.

/// The vendor's library for one kind of machine.
pub(super) struct Library {
    /// Operating system and processor, in Rust's spelling.
    pub(super) machine: &'static str,
    /// The npm package that carries the library, with its version.
    pub(super) npm_package: Option<&'static str>,
    /// The release archive.
    pub(super) archive: &'static str,
    /// SHA-256 of the library. The npm package carries the file of the release archive unchanged, so one digest
    /// serves both. `None` where none was ever recorded: such a library is not fetched, only used where somebody who
    /// trusts it put it.
    pub(super) sha256: Option<&'static str>,
}

/// The machines that the vendor builds for and whose linker understands our run paths.
pub(super) const LIBRARIES: [Library; 2] = [
    Library {
        machine: "linux-x86_64",
        npm_package: Some("@duckdb/node-bindings-linux-x64@1.5.6-r.1"),
        archive: "https://github.com/duckdb/duckdb/releases/download/v1.5.6/libduckdb-linux-amd64.zip",
        sha256: Some("3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633"),
    },
    Library {
        machine: "linux-aarch64",
        npm_package: None,
        archive: "https://github.com/duckdb/duckdb/releases/download/v1.5.6/libduckdb-linux-arm64.zip",
        sha256: None,
    },
];

/// The library for a kind of machine.
pub(super) fn find(machine: &str) -> Option<&'static Library> {
    LIBRARIES.iter().find(|library| library.machine == machine)
}
