//! What goes wrong and what is said of it: a list of faults by what they are in.
//!
//! Faults that come by chance (a kill, a full disk, processes in each other's way) are tried a bounded number of times.
//! `cargo xtask faults --long` tries them many times.

mod checkpoints;
mod concurrency;
mod data;
mod disk;
mod kills;
mod ledger;
mod memory;
mod paths;
mod runs;
mod spec;
mod subject;
mod workspace;

pub(crate) use subject::scratch;
