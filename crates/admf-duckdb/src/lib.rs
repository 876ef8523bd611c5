//! The SQL seam on DuckDB: the only crate that knows it.
//!
//! [`Duckdb`] is a database in a file or in memory. [`Catalogue`] is the workspace's own: `analytics.duckdb`, caught up
//! with the finished runs when it is opened, or the same tables over their Parquet files where it cannot be used.

mod catalogue;
mod cells;
mod connection;

pub use catalogue::{Backing, Catalogue, CatalogueError, LeftOut};
pub use connection::{Access, Duckdb};
