//! Tests of `run/parameter_analysis`.
