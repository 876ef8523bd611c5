//! Results of another program in a folder per run and a file per strategy, read without changing or trusting them:
//!
//! ```text
//! <run>/metadata.json
//!       signals/<strategy>/{metadata.json, signals.parquet, performance.json}   or   signals/<strategy>.parquet
//!       classifiers/<classifier>/{metadata.json, states.parquet, transitions.json}
//!       summary/, events/, analytics/                                           left out
//! ```
//!
//! Paths come from listing folders, never from what a file says, and links are not followed: nothing outside the folder
//! is read. What is wrong with one strategy is a [`Problem`] and does not hide the others.

mod classifier;
mod json;
mod layout;
mod reported;
mod run;
mod series;
mod strategy;

pub use classifier::{ForeignClassifier, classifier};
pub use json::Decimal;
pub use layout::{FoundRuns, LeftOut, RunFolder, StrategyPlace, find_runs};
pub use reported::{Reported, Value};
pub use run::{RunHead, run_head};
pub use series::{Signal, State, read_signals, read_states};
pub use strategy::{ForeignStrategy, quick, strategy};

use std::fmt;
use std::path::{Path, PathBuf};

/// Why something in a foreign folder cannot be adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// Where in it, such as `line 3` or `row 17`.
    pub place: Option<String>,
    /// What is wrong.
    pub reason: String,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn of(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), place: None, reason: reason.into() }
    }

    /// A problem at a row, from 1.
    pub fn at_row(path: &Path, row: usize, reason: impl Into<String>) -> Self {
        Self { place: Some(format!("row {row}")), ..Self::of(path, reason) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        write!(f, "{}{place}: {}", self.path.display(), self.reason)
    }
}

/// Does the same to every item on as many threads as there are processors; results are in the order of the items. For
/// work that waits for small files.
pub fn in_order<T: Sync, R: Send>(items: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// Fewer are done before a thread has started.
    const WORTH_A_THREAD: usize = 64;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(WORTH_A_THREAD);
    if items.len() <= share {
        return items.iter().map(each).collect();
    }
    let each = &each;
    std::thread::scope(|scope| {
        let all = |share: &[T]| Vec::from_iter(share.iter().map(each));
        let start = |share| (share, std::thread::Builder::new().spawn_scoped(scope, move || all(share)));
        let threads: Vec<_> = items.chunks(share).map(start).collect();
        // Where memory refuses a thread, this one does its share.
        let finish =
            |(share, thread): (_, std::io::Result<std::thread::ScopedJoinHandle<'_, Vec<R>>>)| match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(_) => all(share),
            };
        threads.into_iter().flat_map(finish).collect()
    })
}

#[cfg(test)]
mod tests;
