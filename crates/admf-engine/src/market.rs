//! One symbol as a sweep sees it: prices, returns, volatility and the evaluated window.

use crate::prefix::PrefixSums;
use crate::protection::BarPrices;
use crate::range::RangeTables;
use admf_model::{Bars, Prices, Series, Timestamp};
use std::ops::{Range, RangeInclusive};

/// Returns in a volatility estimate (rule 14).
pub const VOLATILITY_BARS: usize = 20;

/// Bars in a [`BarBlock`].
pub const BLOCK: usize = 8;

/// What some bars in a row, from a multiple of their number on, trade at least and at most: a look at it spares most looks
/// at bars while a stop stands.
#[derive(Clone, Copy, Debug)]
pub struct BarBlock {
    /// Lowest [`Market::floor`].
    pub floor: f64,
    /// Highest [`Market::roof`].
    pub roof: f64,
    /// Lowest low.
    pub low: f64,
    /// Highest high.
    pub high: f64,
}

/// Why a symbol cannot be evaluated.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum MarketError {
    /// No open, high, low or close somewhere.
    #[error(
        "`{symbol}` has bars without open, high, low or close: it can be used in rules as close@{symbol}, but not be traded"
    )]
    NotTradable {
        /// The symbol.
        symbol: String,
    },
    /// The window holds too few bars.
    #[error("`{symbol}` has {bars} bars between {from} and {to}: at least 2 are needed")]
    EmptyWindow {
        /// The symbol.
        symbol: String,
        /// Bars in the window.
        bars: usize,
        /// Start asked for.
        from: Timestamp,
        /// End asked for.
        to: Timestamp,
    },
}

/// Prices of one symbol with everything that does not depend on a strategy.
#[derive(Debug)]
pub struct Market {
    /// Bars at the prices used for rules and fills.
    pub bars: Bars,
    /// Indices of the evaluated bars.
    pub window: Range<usize>,
    /// Bars per year.
    pub bars_per_year: f64,
    /// Close over previous close, less one; 0 for the dataset's first bar.
    pub returns: Vec<f64>,
    /// Annualised standard deviation (n - 1) of the last 20 returns.
    pub volatility: Series,
    /// Mean of `volatility` over the evaluated bars where it is defined.
    pub average_volatility: Option<f64>,
    /// The lower of open and low: what a bar trades at least.
    pub floor: Vec<f64>,
    /// The higher of open and high: what a bar trades at most.
    pub roof: Vec<f64>,
    /// Whole blocks of bars.
    pub blocks: Vec<BarBlock>,
    /// Evaluated bars and their returns, lowest first; equal returns in order of time.
    pub by_return: Vec<(u32, f64)>,
    /// Prefix sums over returns and closes.
    pub sums: PrefixSums,
    /// Range queries over prices.
    pub ranges: RangeTables,
}

impl Market {
    /// Prepares a symbol for the bars from `from` to `to`, both included.
    pub fn new(
        raw: &Bars,
        prices: Prices,
        bars_per_year: f64,
        minimum_acceptable_bar_return: f64,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Self, MarketError> {
        let bars = match prices {
            Prices::Adjusted => raw.adjusted(),
            Prices::Raw => raw.clone(),
        };
        let symbol = || bars.symbol().to_owned();
        if !bars.is_tradable() {
            return Err(MarketError::NotTradable { symbol: symbol() });
        }
        let start = bars.timestamps().partition_point(|t| *t < from);
        let end = bars.timestamps().partition_point(|t| *t <= to);
        let window = start..end.max(start);
        if window.len() < 2 {
            return Err(MarketError::EmptyWindow { symbol: symbol(), bars: window.len(), from, to });
        }
        let close = bars.close.values();
        let mut returns = vec![0.0];
        returns.extend(close.windows(2).map(|w| admf_stats::simple_return(w[0], w[1])));
        let volatility = volatility(&returns, bars_per_year);
        let known: Vec<f64> = window.clone().filter_map(|bar| volatility.get(bar)).collect();
        let average_volatility = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
        let mut by_return: Vec<(u32, f64)> = window.clone().map(|bar| (bar as u32, returns[bar])).collect();
        by_return.sort_by(|a, b| a.1.total_cmp(&b.1));
        let sums = PrefixSums::new(&returns, close, minimum_acceptable_bar_return);
        let ranges = RangeTables::new(close);
        let (open, high, low) = (bars.open.values(), bars.high.values(), bars.low.values());
        let floor: Vec<f64> = open.iter().zip(low).map(|(open, low)| open.min(*low)).collect();
        let roof: Vec<f64> = open.iter().zip(high).map(|(open, high)| open.max(*high)).collect();
        let blocks = blocks(&floor, &roof, low, high);
        Ok(Self {
            floor,
            roof,
            blocks,
            window,
            bars_per_year,
            returns,
            volatility,
            average_volatility,
            by_return,
            sums,
            ranges,
            bars,
        })
    }

    /// What stops and targets see of a bar.
    #[inline]
    pub fn prices(&self, bar: usize) -> BarPrices {
        let Bars { open, high, low, .. } = &self.bars;
        BarPrices { open: open.values()[bar], high: high.values()[bar], low: low.values()[bar] }
    }

    /// The highest and the lowest price of some bars.
    pub fn seen(&self, bars: RangeInclusive<usize>) -> (f64, f64) {
        self.ranges.seen(bars, self.bars.high.values(), self.bars.low.values())
    }

    /// Closing prices.
    pub fn close(&self) -> &[f64] {
        self.bars.close.values()
    }
}

fn blocks(floor: &[f64], roof: &[f64], low: &[f64], high: &[f64]) -> Vec<BarBlock> {
    let lowest = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    (0..floor.len() / BLOCK)
        .map(|at| at * BLOCK..(at + 1) * BLOCK)
        .map(|bars| BarBlock {
            floor: lowest(&floor[bars.clone()]),
            roof: highest(&roof[bars.clone()]),
            low: lowest(&low[bars.clone()]),
            high: highest(&high[bars]),
        })
        .collect()
}

fn volatility(returns: &[f64], bars_per_year: f64) -> Series {
    let year = libm::sqrt(bars_per_year);
    (0..returns.len())
        .map(|bar| {
            // The first entry of `returns` is no return: 20 of them are known from bar 20 on.
            let start = (bar + 1).checked_sub(VOLATILITY_BARS).filter(|s| *s >= 1)?;
            let recent = &returns[start..=bar];
            let mean = recent.iter().sum::<f64>() / VOLATILITY_BARS as f64;
            let squares = recent.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>();
            Some(libm::sqrt(squares / (VOLATILITY_BARS - 1) as f64) * year)
        })
        .collect()
}

#[cfg(test)]
mod tests;
