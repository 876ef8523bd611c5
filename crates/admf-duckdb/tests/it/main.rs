//! Every query of admf-store on a real database, with the rows it answers in `golden/<query>.txt`.
//!
//! To write the files again: `ADMF_UPDATE=1 cargo nextest run -p admf-duckdb`; then read what changed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod queries;
mod sample;
mod seeds;
