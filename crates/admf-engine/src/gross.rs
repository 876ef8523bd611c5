//! What the same entries and exits are worth at prices before slippage, without commission (rule 15).

use crate::Terms;
use admf_model::Side;

/// Cash and units, gross of costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GrossBook {
    pub(crate) cash: f64,
    pub(crate) units: f64,
    whole_units: bool,
}

impl GrossBook {
    /// The capital, no position.
    #[inline(always)]
    pub(crate) fn new(terms: &Terms) -> Self {
        Self { cash: terms.capital(), units: 0.0, whole_units: terms.execution.whole_units }
    }

    /// Commits a fraction of the cash at a price.
    #[inline(always)]
    pub(crate) fn enter(&mut self, side: Side, size: f64, raw: f64) {
        let units = side.sign() * size * self.cash / raw;
        self.units = if self.whole_units { libm::trunc(units) } else { units };
        self.cash -= self.units * raw;
    }

    /// Gives the position up at a price.
    #[inline(always)]
    pub(crate) fn leave(&mut self, raw: f64) {
        self.cash += self.units * raw;
        self.units = 0.0;
    }

    /// Cash plus the position at a price; not positive when all is lost.
    #[inline(always)]
    pub(crate) fn equity(&self, close: f64) -> f64 {
        self.cash + self.units * close
    }
}
