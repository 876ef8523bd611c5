//! Lets this package's binaries and tests find the DuckDB library without an environment variable: beside an
//! installed binary, else where the build placed it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Absent when DuckDB is compiled in (feature `bundled` of admf-duckdb).
    if let Ok(folder) = std::env::var("DEP_ADMF_DUCKDB_LIBDIR") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,$ORIGIN/../lib/admf:{folder}");
    }
}
