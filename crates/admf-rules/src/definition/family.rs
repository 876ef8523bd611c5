//! The families that strategies are listed by.

/// The idea that a strategy lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrategyFamily {
    /// What others are measured against.
    Baseline,
    /// The price goes on in its direction.
    Trend,
    /// What has risen goes on rising.
    Momentum,
    /// The price comes back.
    Reversion,
    /// The price leaves a range for good.
    Breakout,
    /// How much prices move says when to hold, and how much.
    Volatility,
    /// The date says when to hold.
    Calendar,
    /// One symbol against another.
    Pair,
}

impl StrategyFamily {
    /// All families, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Baseline,
        Self::Trend,
        Self::Momentum,
        Self::Reversion,
        Self::Breakout,
        Self::Volatility,
        Self::Calendar,
        Self::Pair,
    ];

    /// The names, in the same order.
    pub(crate) const NAMES: [&'static str; 8] =
        ["baseline", "trend", "momentum", "reversion", "breakout", "volatility", "calendar", "pair"];

    /// The word in definitions.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The family of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}
