//! The bars of all symbols as they are counted and checked, in memory or in a file: all times, and prices in windows.

use super::error::MarketError;
use super::hash;
use super::spooled_bars::SpooledBars;
use admf_model::{Bars, ContentHash, Timestamp};
use std::ops::Range;

/// Bars sorted by symbol.
pub(super) enum Symbols {
    /// In memory.
    Held(Vec<Bars>),
    /// In a file, but for their times.
    Spooled(SpooledBars),
}

/// What is known of the bars of a symbol without a look at each price.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'a> {
    pub(super) symbol: &'a str,
    pub(super) times: &'a [Timestamp],
    pub(super) tradable: bool,
    pub(super) adjusted: bool,
    /// No close is zero or less.
    pub(super) positive: bool,
    /// Some open, some volume is defined.
    pub(super) has_open: bool,
    pub(super) has_volume: bool,
}

/// Bars before and after a bar that tell whether it is unusual.
pub(super) const BEFORE: usize = 32;
pub(super) const AFTER: usize = 16;

/// Some bars of a symbol in a row, with those around them.
pub(super) struct Window<'a> {
    pub(super) bars: &'a Bars,
    /// Which bar of the symbol the first of `bars` is.
    pub(super) first: usize,
    /// Those that no other window has in its core. Around it are [`BEFORE`] and [`AFTER`] bars, or all that there are.
    pub(super) core: Range<usize>,
}

impl<'a> Head<'a> {
    pub(super) fn of(bars: &'a Bars) -> Self {
        Self {
            symbol: bars.symbol(),
            times: bars.timestamps(),
            tradable: bars.is_tradable(),
            adjusted: bars.adjustment.is_some(),
            positive: bars.close.values().iter().all(|close| *close > 0.0),
            has_open: bars.open.defined().count_ones() > 0,
            has_volume: bars.volume.defined().count_ones() > 0,
        }
    }
}

impl Symbols {
    /// What is known of each symbol.
    pub(super) fn heads(&self) -> Vec<Head<'_>> {
        match self {
            Self::Held(symbols) => symbols.iter().map(Head::of).collect(),
            Self::Spooled(symbols) => symbols.heads(),
        }
    }

    /// Hands out the bars of a symbol, by its index, in the order of time.
    pub(super) fn windows(&self, symbol: usize, take: &mut dyn FnMut(Window<'_>)) -> Result<(), MarketError> {
        match self {
            Self::Held(symbols) => {
                let bars = &symbols[symbol];
                take(Window { bars, first: 0, core: 0..bars.len() });
                Ok(())
            }
            Self::Spooled(symbols) => symbols.windows(symbol, take),
        }
    }

    /// The content hash, beside another piece of work.
    pub(super) fn content_hash(
        &self,
        beside: impl FnOnce() -> Result<(), MarketError>,
    ) -> Result<ContentHash, MarketError> {
        match self {
            Self::Held(symbols) => std::thread::scope(|scope| {
                let hash = || hash::content_hash(symbols);
                let thread = std::thread::Builder::new().spawn_scoped(scope, hash);
                beside()?;
                // Where memory refuses a thread it is done afterwards.
                let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                };
                Ok(thread.map_or_else(|_| hash(), join))
            }),
            // Both read the same file, which is read at one place at a time.
            Self::Spooled(symbols) => {
                beside()?;
                symbols.content_hash()
            }
        }
    }
}
