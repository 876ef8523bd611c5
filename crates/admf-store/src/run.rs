//! Runs: folders under `runs/` that are running, incomplete or complete (rule 27).
//!
//! A run is written in checkpoints, each durable and all or nothing, and merged when it finishes. `metadata.json` appears
//! last: a run is complete if and only if it is there.

mod checkpoint;
mod facts;
mod inventory;
mod list;
mod lock;
mod merge;
mod metadata;
mod parameter_analysis;
mod part;
mod read;
mod remains;
mod remove;
mod resolve;
mod signal_metadata;
mod summary;
mod text;
mod verify;
mod writer;

pub use checkpoint::{Rows, StoredBytes};
pub use facts::{ADOPTED, AuxiliaryDataset, Begun, RunFacts};
pub use inventory::StoredFile;
pub(crate) use list::folders;
pub use list::{Damage, Listing, RunEntry, RunState, complete, list, list_as};
pub use merge::SharpeEvidence;
pub use metadata::{FORMAT, RunMetadata, WallClock, load};
pub use read::{StrategyKey, regimes, signals, spec, strategies, strategy, strategy_keys, trades};
pub use remove::{Swept, remove, remove_leftovers};
pub use resolve::{resolve, resolve_complete, resolve_incomplete, resolve_to_remove};
pub use signal_metadata::SignalMetadata;
pub use verify::{FileFault, FileProblem, Scrutiny, verify, verify_unfinished};
pub use writer::{Finish, RunWriter};

/// Name of the file that makes a run complete.
pub(crate) const METADATA: &str = "metadata.json";
/// Name of the spec's copy.
pub(crate) const SPEC: &str = "spec.yaml";
/// Name of the folder of checkpoints.
pub(crate) const CHECKPOINT: &str = "checkpoint";

/// Strategies in a part of which the file of the complete run takes what is encoded as it is.
pub const WHOLE_PART: usize = crate::parquet_file::GROUP_ROWS;

#[cfg(test)]
mod tests;
