//! Both kernels against the reference simulation, against each other, and against themselves on other threads.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod agreement;
mod bars_held;
mod library;
mod oracle;
mod random;
