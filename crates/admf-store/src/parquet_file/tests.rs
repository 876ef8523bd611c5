//! Tests of `parquet_file`.
