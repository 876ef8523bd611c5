//! The sufficient statistics from which a strategy's metrics follow.

use crate::{Moments, Tail, TradeEvidence};

/// What the returns of the evaluated bars add up to, net or gross of costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnEvidence {
    /// Power sums of the bar returns, one per evaluated bar, fractions.
    pub moments: Moments,
    /// Σ min(r − a, 0)² over the bars, a being the minimum acceptable return per bar.
    pub downside_squares: f64,
    /// Starting capital, money, positive.
    pub capital: f64,
    /// Equity at the last close, money, not negative.
    pub final_equity: f64,
    /// Largest fall from the running peak, a positive fraction of it.
    pub max_drawdown: f64,
    /// Longest run of closes below the running peak, in bars.
    pub longest_drawdown: u64,
}

/// What the symbol itself did over the evaluated bars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketEvidence {
    /// Σ r·m over the evaluated bars: the strategy's net return times the symbol's; `None` leaves beta undefined.
    pub sum_product: Option<f64>,
    /// Power sums of the symbol's bar returns, over the same bars.
    pub moments: Moments,
    /// Mean of the symbol's annualised 20-bar volatility where it is defined; `None` where it nowhere is.
    pub average_volatility: Option<f64>,
}

/// The year against which returns are measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// Bars per year, positive (rule 19).
    pub bars_per_year: f64,
    /// Risk-free rate per year, a fraction.
    pub risk_free: f64,
    /// Minimum acceptable return per year, a fraction.
    pub minimum_acceptable_return: f64,
}

impl Basis {
    /// The risk-free rate of one bar.
    pub fn risk_free_per_bar(&self) -> f64 {
        self.risk_free / self.bars_per_year
    }

    /// The minimum acceptable return of one bar.
    pub fn acceptable_per_bar(&self) -> f64 {
        self.minimum_acceptable_return / self.bars_per_year
    }
}

/// Everything that [`crate::performance()`] needs.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Returns after costs.
    pub net: &'a ReturnEvidence,
    /// Returns of the same entries and exits without costs (rule 15); `None` leaves the metrics of them undefined.
    pub gross: Option<&'a ReturnEvidence>,
    /// The worst bars of the net returns.
    pub tail: Tail,
    /// The trades.
    pub trades: &'a TradeEvidence,
    /// The symbol.
    pub market: &'a MarketEvidence,
    /// Closes at which a position was held.
    pub exposed_bars: u64,
    /// Sum of net equity over all closes, money.
    pub sum_equity: f64,
    /// Bars per year, positive (rule 19).
    pub bars_per_year: f64,
    /// Risk-free rate per year, a fraction.
    pub risk_free: f64,
    /// Minimum acceptable return per year, a fraction.
    pub minimum_acceptable_return: f64,
}

impl Evidence<'_> {
    /// Number of evaluated bars.
    pub fn bars(&self) -> u64 {
        self.net.moments.count
    }

    /// The year against which these returns are measured.
    pub fn basis(&self) -> Basis {
        Basis {
            bars_per_year: self.bars_per_year,
            risk_free: self.risk_free,
            minimum_acceptable_return: self.minimum_acceptable_return,
        }
    }
}
