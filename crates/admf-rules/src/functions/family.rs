//! The families that functions are listed by.

/// What a name of the language is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The columns of the bars.
    Prices,
    /// The labels of classifiers.
    Regimes,
    /// Smoothed levels.
    Averages,
    /// Speed and direction.
    Momentum,
    /// Spread and channels.
    Volatility,
    /// What is traded, not at what price.
    Volume,
    /// Descriptions of the last values, and of two series together.
    Statistics,
    /// Numbers of one bar made of others of it.
    Arithmetic,
    /// Conditions and how long ago they held.
    Logic,
    /// The clock.
    Calendar,
}

impl Family {
    /// All families, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Prices,
        Self::Regimes,
        Self::Averages,
        Self::Momentum,
        Self::Volatility,
        Self::Volume,
        Self::Statistics,
        Self::Arithmetic,
        Self::Logic,
        Self::Calendar,
    ];

    /// The name in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prices => "prices",
            Self::Regimes => "regimes",
            Self::Averages => "averages",
            Self::Momentum => "momentum",
            Self::Volatility => "volatility",
            Self::Volume => "volume",
            Self::Statistics => "statistics",
            Self::Arithmetic => "arithmetic",
            Self::Logic => "logic",
            Self::Calendar => "calendar",
        }
    }
}
