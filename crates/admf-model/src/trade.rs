//! Trades: what the ledger writes when a position ends.

/// Direction of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Units are positive.
    Long,
    /// Units are negative.
    Short,
}

impl Side {
    /// `1.0` for long, `-1.0` for short.
    pub const fn sign(self) -> f64 {
        match self {
            Self::Long => 1.0,
            Self::Short => -1.0,
        }
    }

    /// The other side.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }

    /// `long` or `short`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Short => "short",
        }
    }
}

/// Why a position ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExitReason {
    /// The rule said so.
    Rule,
    /// A stop or trailing stop was touched.
    Stop,
    /// The target was reached.
    Target,
    /// It had been held for the maximum number of bars.
    MaxBars,
    /// Equity was gone.
    Ruin,
    /// The data ended and the spec asked to close.
    End,
}

impl ExitReason {
    /// The word stored in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Stop => "stop",
            Self::Target => "target",
            Self::MaxBars => "max_bars",
            Self::Ruin => "ruin",
            Self::End => "end",
        }
    }
}

/// Whether a trade has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TradeStatus {
    /// It has an exit.
    Closed,
    /// The data ended first: marked at the last close, not part of trade statistics (rule 16).
    Open,
}

impl TradeStatus {
    /// The word stored in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }
}

/// One position from entry to exit. Bars are indices into the symbol's bars; for an open trade the exit is the last
/// bar at its close, without costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Direction.
    pub side: Side,
    /// Whether it has ended.
    pub status: TradeStatus,
    /// Why it ended; `None` while open.
    pub reason: Option<ExitReason>,
    /// Bar whose close decided the entry.
    pub entry_decision_bar: usize,
    /// Bar of the entry fill.
    pub entry_bar: usize,
    /// Bar whose close decided the exit; for stops and targets the bar before, the last whose close was known; the
    /// exit bar itself for ruin and the end.
    pub exit_decision_bar: usize,
    /// Bar of the exit fill.
    pub exit_bar: usize,
    /// Entry fill, after slippage.
    pub entry_price: f64,
    /// Exit fill, after slippage.
    pub exit_price: f64,
    /// Entry price before slippage.
    pub entry_raw: f64,
    /// Exit price before slippage.
    pub exit_raw: f64,
    /// Units held; negative when short.
    pub units: f64,
    /// Commission of both fills.
    pub commission: f64,
    /// Money lost to slippage at both fills.
    pub slippage: f64,
    /// Cost of borrowing while short.
    pub borrow: f64,
    /// Profit net of its costs.
    pub pnl: f64,
    /// Profit divided by entry value (rule 17).
    pub return_fraction: f64,
    /// Maximum favourable excursion, a fraction of the entry fill, never negative.
    pub favourable_excursion: f64,
    /// Maximum adverse excursion, a fraction of the entry fill, never negative.
    pub adverse_excursion: f64,
    /// Stop and target were inside the exit bar's range; the stop was taken.
    pub ambiguous: bool,
}

impl Trade {
    /// Bars from the entry fill to the exit fill.
    pub fn duration_bars(&self) -> usize {
        self.exit_bar - self.entry_bar
    }
}
