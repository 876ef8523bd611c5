//! Ctrl-C: the first asks a run to stop and keep what is finished, the second ends the process at once.

use crate::failure::Failure;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of an interrupted process: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Whether the user asked to stop.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    // A signal handler can set a flag and do nothing else; it lives as long as the process.
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Commands that do not call this end at the first Ctrl-C.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag unset, passes, and sets it; the second ends the process.
            register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&asked))
                .and_then(|_| register(signal, Arc::clone(&asked)))
                .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))?;
        }
        Ok(Self { asked })
    }

    /// True once the user asked to stop.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}
