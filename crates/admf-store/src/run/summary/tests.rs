//! Tests of `run/summary`.
