//! Every query of admf-store on a real database, with the rows it answers in `golden/<query>.txt`.
//!
//! To write the files again: `ADMF_UPDATE=1 cargo nextest run -p admf-duckdb`; then read what changed.

mod queries;
mod sample;
