//! One position from its entry to its exit, as found in decisions and prices: what it earns is the ledger's business.

use admf_model::{ExitReason, Side};

/// A stretch in the market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holding {
    /// Direction.
    pub side: Side,
    /// Bar whose close decided the entry.
    pub entry_decision: usize,
    /// Bar of the entry fill: at its open, or at the close that decided.
    pub entry: usize,
    /// How it ended; `None` while open after the last bar.
    pub exit: Option<Leaving>,
    /// Stop and target were both inside the bar that ended it.
    pub ambiguous: bool,
}

/// The end of a holding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaving {
    /// Why.
    pub reason: ExitReason,
    /// Bar whose close decided it; for stops and targets the last whose close was known.
    pub decision: usize,
    /// Bar of the fill.
    pub bar: usize,
    /// Price before slippage.
    pub raw: f64,
    /// Filled at the bar's close, so that the position lived through the whole bar.
    pub at_close: bool,
}

/// Where a side stands in what is kept for both: long, short.
pub(crate) const fn index(side: Side) -> usize {
    match side {
        Side::Long => 0,
        Side::Short => 1,
    }
}
