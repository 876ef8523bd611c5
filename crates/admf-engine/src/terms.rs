//! The terms of trade: execution settings with what the calendar adds.

use admf_model::{Costs, Execution, ExitReason, Slippage};
use admf_stats::Basis;

/// Execution settings of a run on one symbol, with the calendar's bars per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Fill convention, capital, costs and rates.
    pub execution: Execution,
    /// Bars per year, for rates given per year.
    pub bars_per_year: f64,
}

impl Terms {
    /// Starting capital.
    #[inline(always)]
    pub fn capital(&self) -> f64 {
        self.execution.capital
    }

    /// What trading costs.
    #[inline(always)]
    pub fn costs(&self) -> &Costs {
        &self.execution.costs
    }

    /// Fraction by which a fill moves against the trade, given the annualised volatility known at its decision
    /// (rule 14): with the square-root model an undefined volatility counts as linear.
    #[inline(always)]
    pub fn slippage_rate(&self, volatility: Option<f64>) -> f64 {
        match (self.costs().slippage, volatility) {
            (Slippage::Linear(rate), _) | (Slippage::Sqrt(rate), None) => rate,
            (Slippage::Sqrt(rate), Some(volatility)) => rate * libm::sqrt(volatility),
        }
    }

    /// The same for an exit: a target fills at its level.
    #[inline(always)]
    pub fn exit_slippage(&self, reason: ExitReason, volatility: Option<f64>) -> f64 {
        match reason {
            ExitReason::Target => 0.0,
            _ => self.slippage_rate(volatility),
        }
    }

    /// The year against which returns are measured.
    pub fn basis(&self) -> Basis {
        Basis {
            bars_per_year: self.bars_per_year,
            risk_free: self.execution.risk_free,
            minimum_acceptable_return: self.execution.minimum_acceptable_return,
        }
    }

    /// Minimum acceptable return of one bar.
    pub fn minimum_acceptable_bar_return(&self) -> f64 {
        self.basis().acceptable_per_bar()
    }
}
