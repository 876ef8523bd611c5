//! Ctrl-C: before there is something to keep it ends the process at once. From then on the first asks a run to stop and
//! keep what is finished, and the second ends the process. And the signal by which a process ends itself.

use crate::failure::Failure;
use signal_hook::consts::{SIGABRT, SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of an interrupted process: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// The exit code of a process that could not go on.
const FAILED: i32 = 1;

/// Ends the process as a failure and not by a signal where memory is refused and nothing but to stop is left: what a
/// program says then is one line, `memory allocation of … bytes failed`.
pub(crate) fn fail_where_memory_is_refused() {
    // Without the handler the process ends all the same.
    let _ = register_conditional_shutdown(SIGABRT, FAILED, Arc::new(AtomicBool::new(true)));
}

/// Whether the user asked to stop.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    // A signal handler can look at a flag, set it, and do nothing else; flags live as long as the process.
    asked: Arc<AtomicBool>,
    ends: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Commands that do not call this end at the first Ctrl-C.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let asked = Arc::new(AtomicBool::new(false));
        let ends = Arc::new(AtomicBool::new(true));
        for signal in [SIGINT, SIGTERM] {
            // In this order: a signal that does not end the process sees to it that the next one does.
            register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&ends))
                .and_then(|_| register(signal, Arc::clone(&asked)))
                .and_then(|_| register(signal, Arc::clone(&ends)))
                .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))?;
        }
        Ok(Self { asked, ends })
    }

    /// There is something to keep from now on.
    pub(crate) fn keep(&self) {
        self.ends.store(false, Ordering::Relaxed);
    }

    /// True once the user asked to stop.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}
