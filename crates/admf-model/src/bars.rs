//! Prices of one symbol.

use crate::{Bits, Interval, Series, Timestamp};

/// Bars of one symbol: one entry per bar, oldest first, timestamps strictly increasing.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    symbol: String,
    timestamps: Vec<Timestamp>,
    /// First price of the bar; undefined where the source has none (an index level, a rate).
    pub open: Series,
    /// Highest price.
    pub high: Series,
    /// Lowest price.
    pub low: Series,
    /// Last price.
    pub close: Series,
    /// Traded units.
    pub volume: Series,
    /// Adjusted close divided by close, where the source gives one.
    pub adjustment: Option<Series>,
}

/// Why columns are not bars.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum BarsError {
    /// Columns differ in length.
    #[error("{symbol}: column `{column}` has {found} bars, timestamps have {expected}")]
    Length {
        /// The symbol.
        symbol: String,
        /// The column.
        column: &'static str,
        /// Its length.
        found: usize,
        /// The number of timestamps.
        expected: usize,
    },
    /// Timestamps do not strictly increase.
    #[error("{symbol}: bar {bar} at {timestamp} is not later than the bar before it")]
    Order {
        /// The symbol.
        symbol: String,
        /// Index of the offending bar.
        bar: usize,
        /// Its time.
        timestamp: Timestamp,
    },
}

impl Bars {
    /// Checks and takes columns; the adjustment factor may be set afterwards.
    pub fn new(
        symbol: impl Into<String>,
        timestamps: Vec<Timestamp>,
        [open, high, low, close, volume]: [Series; 5],
    ) -> Result<Self, BarsError> {
        let symbol = symbol.into();
        let expected = timestamps.len();
        for (column, series) in
            [("open", &open), ("high", &high), ("low", &low), ("close", &close), ("volume", &volume)]
        {
            if series.len() != expected {
                return Err(BarsError::Length { symbol, column, found: series.len(), expected });
            }
        }
        if let Some(at) = timestamps.windows(2).position(|w| w[0] >= w[1]) {
            return Err(BarsError::Order { symbol, bar: at + 1, timestamp: timestamps[at + 1] });
        }
        Ok(Self { symbol, timestamps, open, high, low, close, volume, adjustment: None })
    }

    /// The symbol.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.timestamps.len()
    }

    /// True when there are no bars.
    pub fn is_empty(&self) -> bool {
        self.timestamps.is_empty()
    }

    /// Closing times, strictly increasing.
    pub fn timestamps(&self) -> &[Timestamp] {
        &self.timestamps
    }

    /// True when open, high, low and close are defined and positive at every bar, so that orders can be filled.
    pub fn is_tradable(&self) -> bool {
        let priced = |s: &Series| s.defined().all() && s.values().iter().all(|v| *v > 0.0);
        !self.is_empty() && [&self.open, &self.high, &self.low, &self.close].into_iter().all(priced)
    }

    /// All four prices multiplied by the adjustment factor (rule 3); a copy without change where there is none.
    /// Where the factor is undefined the prices are undefined. Volume stays as traded.
    pub fn adjusted(&self) -> Self {
        let Some(factor) = &self.adjustment else { return self.clone() };
        let scale =
            |s: &Series| -> Series { s.iter().zip(factor.iter()).map(|(v, f)| Some(v? * f?)).collect() };
        Self {
            symbol: self.symbol.clone(),
            timestamps: self.timestamps.clone(),
            open: scale(&self.open),
            high: scale(&self.high),
            low: scale(&self.low),
            close: scale(&self.close),
            volume: self.volume.clone(),
            adjustment: None,
        }
    }

    /// These bars seen from another symbol's clock (rule 4): at each of `clock`'s times the latest bar known by then,
    /// undefined once it is stale.
    pub fn aligned_to(&self, clock: &[Timestamp], freshness: Freshness) -> AlignedBars {
        let known = |bar: usize| self.timestamps[bar].micros() + freshness.known_after;
        let mut latest = 0;
        let rows: Vec<Option<usize>> = clock
            .iter()
            .map(|now| {
                while latest < self.len() && known(latest) <= now.micros() {
                    latest += 1;
                }
                let bar = latest.checked_sub(1)?;
                (now.micros() - known(bar) <= freshness.limit).then_some(bar)
            })
            .collect();
        let pick = |s: &Series| -> Series { rows.iter().map(|row| row.and_then(|bar| s.get(bar))).collect() };
        AlignedBars {
            open: pick(&self.open),
            high: pick(&self.high),
            low: pick(&self.low),
            close: pick(&self.close),
            volume: pick(&self.volume),
            fresh: rows.iter().map(Option::is_some).collect(),
        }
    }
}

/// When another symbol's bar is known and when it is too old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Microseconds after its timestamp from which a bar is known.
    known_after: i64,
    /// Microseconds after that up to which it is used.
    limit: i64,
}

impl Freshness {
    /// Bars of length `bar` read on a clock of bars of length `clock`: stale after `staleness` of their own lengths.
    /// A daily bar carries its session's date, not the time of its close, so on an intraday clock it is known only
    /// when that day is over.
    pub fn new(bar: Interval, clock: Interval, staleness: u32) -> Self {
        let dated = bar.is_daily_or_longer() && !clock.is_daily_or_longer();
        Self {
            known_after: if dated { Interval::DAY.micros() } else { 0 },
            limit: bar.micros().saturating_mul(i64::from(staleness)),
        }
    }
}

/// Another symbol's bars on the evaluated symbol's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct AlignedBars {
    /// First price.
    pub open: Series,
    /// Highest price.
    pub high: Series,
    /// Lowest price.
    pub low: Series,
    /// Last price.
    pub close: Series,
    /// Traded units.
    pub volume: Series,
    /// Where a bar was known and not stale.
    pub fresh: Bits,
}

#[cfg(test)]
mod tests;
