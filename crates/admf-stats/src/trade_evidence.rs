//! What a strategy's trades add up to.

use admf_model::{Trade, TradeStatus};

/// Sums over trades, in the order in which they are pushed. An open trade counts in costs and traded value, not in
/// trade statistics (rule 16).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TradeEvidence {
    /// Closed trades; those that break even are counted here only.
    pub closed: u64,
    /// Closed trades with a profit.
    pub wins: u64,
    /// Closed trades with a loss.
    pub losses: u64,
    /// Sum of profits of winning trades, money.
    pub profit: f64,
    /// Sum of results of losing trades, money, never positive.
    pub loss: f64,
    /// Largest profit, money; 0 without a win.
    pub largest_win: f64,
    /// Largest loss, money, negative; 0 without a loss.
    pub largest_loss: f64,
    /// Sum of the returns of closed trades, fractions of their entry values.
    pub sum_returns: f64,
    /// Sum of bars from entry to exit of closed trades.
    pub sum_duration_bars: u64,
    /// Commission, money, open trade included.
    pub commission: f64,
    /// Money lost to slippage, open trade included.
    pub slippage: f64,
    /// Cost of borrowing, money, open trade included.
    pub borrow: f64,
    /// Commission, slippage and borrowing of closed trades, money.
    pub closed_costs: f64,
    /// Value of all fills at fill prices, money, the entry of an open trade included.
    pub traded_value: f64,
    /// Value of the same fills before slippage, money.
    pub traded_value_before_slippage: f64,
}

impl TradeEvidence {
    /// Counts one trade.
    #[inline(always)]
    pub fn push(&mut self, trade: &Trade) {
        let units = trade.units.abs();
        self.commission += trade.commission;
        self.slippage += trade.slippage;
        self.borrow += trade.borrow;
        self.traded_value += units * trade.entry_price;
        self.traded_value_before_slippage += units * trade.entry_raw;
        if trade.status == TradeStatus::Closed {
            self.traded_value += units * trade.exit_price;
            self.traded_value_before_slippage += units * trade.exit_raw;
            self.push_result(trade);
        }
    }

    /// Counts the result of a closed trade.
    #[inline(always)]
    fn push_result(&mut self, trade: &Trade) {
        let pnl = trade.pnl;
        self.closed += 1;
        self.closed_costs += trade.commission + trade.slippage + trade.borrow;
        self.sum_returns += trade.return_fraction;
        self.sum_duration_bars += trade.duration_bars() as u64;
        // Without a branch: whether a trade wins cannot be predicted.
        let (won, lost) = (if pnl > 0.0 { pnl } else { 0.0 }, if pnl < 0.0 { pnl } else { 0.0 });
        self.wins += u64::from(pnl > 0.0);
        self.losses += u64::from(pnl < 0.0);
        self.profit += won;
        self.loss += lost;
        self.largest_win = if won > self.largest_win { won } else { self.largest_win };
        self.largest_loss = if lost < self.largest_loss { lost } else { self.largest_loss };
    }
}

#[cfg(test)]
mod tests;
