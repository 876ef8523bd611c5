//! The ledger: the only place where cash, position, cost and trade change (rules 12 to 17).
//!
//! It applies fills and knows nothing of why they happened. Both kernels use it, so a trade is the same to the last
//! bit whichever of them found it.

use crate::Terms;
use admf_model::{ExitReason, Side, Trade, TradeStatus};

/// An entry to be filled.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Direction.
    pub side: Side,
    /// Fraction of equity to commit, in (0, 1].
    pub size: f64,
    /// Bar of the fill.
    pub bar: usize,
    /// Bar whose close decided it.
    pub decision_bar: usize,
    /// Price before slippage.
    pub raw: f64,
    /// Fraction by which the fill moves against the trade.
    pub slippage: f64,
}

/// An exit to be filled.
#[derive(Clone, Copy, Debug)]
pub struct Exit {
    /// Why.
    pub reason: ExitReason,
    /// Bar of the fill.
    pub bar: usize,
    /// Bar whose close decided it; for stops and targets the bar before, the last whose close was known.
    pub decision_bar: usize,
    /// Price before slippage.
    pub raw: f64,
    /// Fraction by which the fill moves against the trade; 0 for targets, which fill at their level.
    pub slippage: f64,
}

/// An open position.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// Direction.
    pub side: Side,
    /// Fraction of equity that was committed.
    pub size: f64,
    /// Bar of the entry fill.
    pub entry_bar: usize,
    /// Entry fill after slippage.
    pub entry_price: f64,
    /// Units, negative when short.
    pub units: f64,
    /// Stop and target were both inside the bar that ends the position.
    pub ambiguous: bool,
    entry_decision_bar: usize,
    entry_raw: f64,
    commission: f64,
    slippage: f64,
    borrow: f64,
    favourable: f64,
    adverse: f64,
}

impl Position {
    /// Notes a price that the position lived through (rule 17).
    #[inline(always)]
    pub fn see(&mut self, price: f64) {
        let movement = self.side.sign() * (price - self.entry_price) / self.entry_price;
        self.favourable = self.favourable.max(movement);
        self.adverse = self.adverse.max(-movement);
    }

    #[inline(always)]
    fn end(&self, status: TradeStatus, exit: &Exit, price: f64, exit_commission: f64) -> Trade {
        let pnl = self.units * (price - self.entry_price) - self.commission - exit_commission - self.borrow;
        Trade {
            side: self.side,
            status,
            reason: (status == TradeStatus::Closed).then_some(exit.reason),
            entry_decision_bar: self.entry_decision_bar,
            entry_bar: self.entry_bar,
            exit_decision_bar: exit.decision_bar,
            exit_bar: exit.bar,
            entry_price: self.entry_price,
            exit_price: price,
            entry_raw: self.entry_raw,
            exit_raw: exit.raw,
            units: self.units,
            commission: self.commission + exit_commission,
            slippage: self.slippage + self.units.abs() * (price - exit.raw).abs(),
            borrow: self.borrow,
            pnl,
            return_fraction: pnl / (self.units.abs() * self.entry_price),
            favourable_excursion: self.favourable,
            adverse_excursion: self.adverse,
            ambiguous: self.ambiguous,
        }
    }
}

/// What a fill pays or gets: the price moved against the trade; `direction` is 1 for buying, -1 for selling.
#[inline(always)]
pub fn fill_price(raw: f64, slippage: f64, direction: f64) -> f64 {
    raw * (1.0 + slippage * direction)
}

/// Cash and at most one position.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    terms: &'a Terms,
    cash: f64,
    /// The open position.
    pub position: Option<Position>,
}

impl<'a> Ledger<'a> {
    /// Starting capital, no position.
    #[inline(always)]
    pub fn new(terms: &'a Terms) -> Self {
        Self { terms, cash: terms.capital(), position: None }
    }

    /// Cash; a short's proceeds are in it.
    #[inline(always)]
    pub fn cash(&self) -> f64 {
        self.cash
    }

    /// Units held, negative when short.
    #[inline(always)]
    pub fn units(&self) -> f64 {
        self.position.as_ref().map_or(0.0, |p| p.units)
    }

    /// Cash plus the position at a price.
    #[inline(always)]
    pub fn equity(&self, price: f64) -> f64 {
        self.cash + self.units() * price
    }

    /// Opens a position (rule 12). Returns false and changes nothing when equity buys no units: fixed fees exceed
    /// it, or not one whole unit is affordable.
    #[inline(always)]
    pub fn open(&mut self, entry: &Entry) -> bool {
        debug_assert!(self.position.is_none(), "a position is closed before the next one opens");
        let costs = self.terms.costs();
        let sign = entry.side.sign();
        let price = fill_price(entry.raw, entry.slippage, sign);
        let budget = entry.size * self.cash - costs.commission_per_fill;
        let mut units = sign * budget / (price * (1.0 + costs.commission) + costs.commission_per_unit);
        if self.terms.execution.whole_units {
            units = libm::trunc(units);
        }
        if units * sign <= 0.0 {
            return false;
        }
        let commission = self.commission(units, price);
        self.cash -= units * price + commission;
        self.position = Some(Position {
            side: entry.side,
            size: entry.size,
            entry_bar: entry.bar,
            entry_price: price,
            units,
            ambiguous: false,
            entry_decision_bar: entry.decision_bar,
            entry_raw: entry.raw,
            commission,
            slippage: units.abs() * (price - entry.raw).abs(),
            borrow: 0.0,
            favourable: 0.0,
            adverse: 0.0,
        });
        true
    }

    /// Closes the position at a price with its costs.
    ///
    /// # Panics
    /// Without a position.
    #[inline(always)]
    pub fn close(&mut self, exit: &Exit) -> Trade {
        let mut position = self.position.take().expect("a kernel closes only an open position");
        let price = fill_price(exit.raw, exit.slippage, -position.side.sign());
        let commission = self.commission(position.units, price);
        self.cash += position.units * price - commission;
        position.see(price);
        position.end(TradeStatus::Closed, exit, price, commission)
    }

    /// Charges a short position for one bar of borrowing at its value (rule 13).
    #[inline(always)]
    pub fn charge_borrow(&mut self, price: f64) {
        let rate = self.terms.costs().borrow_rate;
        if rate > 0.0
            && let Some(position) = self.position.as_mut().filter(|p| p.side == Side::Short)
        {
            let charge = -position.units * price * (rate / self.terms.bars_per_year);
            position.borrow += charge;
            self.cash -= charge;
        }
    }

    /// Ends everything: equity is gone at this close (rule 13). The trade closes there without further costs.
    pub fn ruin(&mut self, bar: usize, close: f64) -> Option<Trade> {
        self.cash = 0.0;
        let exit = Exit { reason: ExitReason::Ruin, bar, decision_bar: bar, raw: close, slippage: 0.0 };
        self.position.take().map(|p| p.end(TradeStatus::Closed, &exit, close, 0.0))
    }

    /// The open position as a trade marked at the last close, without exit costs (rule 16).
    #[inline(always)]
    pub fn mark(&self, bar: usize, close: f64) -> Option<Trade> {
        let exit = Exit { reason: ExitReason::End, bar, decision_bar: bar, raw: close, slippage: 0.0 };
        self.position.as_ref().map(|p| p.end(TradeStatus::Open, &exit, close, 0.0))
    }

    #[inline(always)]
    fn commission(&self, units: f64, price: f64) -> f64 {
        let costs = self.terms.costs();
        units.abs() * price * costs.commission
            + units.abs() * costs.commission_per_unit
            + costs.commission_per_fill
    }
}

#[cfg(test)]
mod tests;
