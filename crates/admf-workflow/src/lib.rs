//! The jobs: one file per verb, each a function from a request to a report, both plain data.
//!
//! The command line, the web and Python call these and nothing below. No front end computes, and nothing here prints.

pub mod analyze_parameters;
pub mod complete;
pub mod config;
pub mod correlations;
pub mod data_check;
pub mod data_dialects;
pub mod data_import;
pub mod data_list;
pub mod data_samples;
pub mod data_show;
mod database;
mod dataset_sheets;
pub mod demo;
mod disk;
pub mod doctor;
pub mod error;
pub mod example;
pub mod export;
pub mod filter;
pub mod init;
mod luck;
mod memory;
pub mod plan;
pub mod reference;
pub mod replay;
pub mod rules_check;
pub mod rules_functions;
pub mod rules_list;
pub mod rules_show;
pub mod run;
pub mod runs_diff;
pub mod runs_list;
pub mod runs_remove;
pub mod runs_show;
mod samples;
pub mod scan;
pub mod spec;
pub mod sql;
pub mod workspace_import;
pub mod workspace_scan;
pub use admf_model::words;

pub use admf_store::Workspace;
pub use error::{ErrorKind, Snippet, WorkflowError, remedy};
