//! What goes wrong and what is said of it: a list of faults by what they are in.

mod spec;
mod workspace;
