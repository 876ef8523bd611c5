//! The jobs from end to end, in temporary workspaces.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod adopt;
mod demo;
mod foreign_folder;
mod library;
mod resume;
mod runs;
mod seeds;
mod support;
