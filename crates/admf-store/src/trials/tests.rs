//! Tests of `trials`.
