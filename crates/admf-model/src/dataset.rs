//! Imported bars of some symbols.

use crate::{Bars, Calendar, ContentHash, Interval};

/// An immutable set of bars, named by its content.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The name given at import.
    pub name: String,
    /// The family whose trials are counted together (rule 25).
    pub family: String,
    /// Hash of symbols, times and values.
    pub content_hash: ContentHash,
    /// Length of a bar.
    pub interval: Interval,
    /// Bars per year, derived from the bars or given at import.
    pub calendar: Calendar,
    /// One entry per symbol, sorted by symbol.
    pub symbols: Vec<Bars>,
}

impl Dataset {
    /// The bars of one symbol.
    pub fn symbol(&self, symbol: &str) -> Option<&Bars> {
        self.symbols.iter().find(|bars| bars.symbol() == symbol)
    }
}
