//! Tests of `durable`.
