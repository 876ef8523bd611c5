//! The workspace on disk: its tables, runs, trial ledger, and the queries that a database answers over them.
//!
//! Files are the truth; a database is derived from them through the seam in [`database`]. This crate knows Arrow and
//! Parquet. It does not know DuckDB, rules, engines or clocks: wall-clock values are arguments.

pub mod database;
pub mod dialect;
pub mod dictionary;
pub mod durable;
pub mod error;
pub mod filter;
pub mod foreign;
pub mod market;
pub mod name;
mod ordered;
pub mod parquet_file;
mod plain_file;
pub mod queries;
pub mod quick_scan;
pub mod record;
pub mod run;
pub mod sheet_file;
pub mod tables;
pub mod trials;
pub mod workspace;

pub use error::{Result, StoreError};
pub use workspace::Workspace;

#[cfg(test)]
mod sample;
