//! Lets this package's binaries and tests find the DuckDB library without an environment variable.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Absent when DuckDB is compiled in (feature `bundled` of admf-duckdb).
    if let Ok(folders) = std::env::var("DEP_ADMF_DUCKDB_RPATH") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{folders}");
    }
}
