//! The jobs from end to end, in temporary workspaces.

mod demo;
mod runs;
mod support;
