//! The bar-by-bar kernel: every rule, stop and reversal, one bar after the other (rules 7 to 16).
//!
//! A port of the rules, not of a particular strategy: it reads decision columns and calls the ledger.

use crate::decisions::Decisions;
use crate::holding::index;
use crate::ledger::{Entry, Exit, Ledger};
use crate::protection::Protection;
use crate::{Market, Terms};
use admf_model::{Bits, ExitReason, Fill, Side, Trade, TradeStatus};
use admf_rules::Truth;
use admf_stats::TradeEvidence;

/// What a kernel writes down while it walks.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Closed trades in order, then the open one, if any; empty where only their sums are wanted.
    pub trades: Vec<Trade>,
    /// Size committed by each trade that is kept.
    pub sizes: Vec<f64>,
    /// What all trades add up to.
    pub evidence: TradeEvidence,
    /// Trades, the open one included.
    pub trade_count: usize,
    /// Trades in whose last bar stop and target both were.
    pub ambiguous_trades: usize,
    /// A position is open after the last bar.
    pub open_position: bool,
    /// Bars at whose close the wanted position changed, and the position wanted: -1, 0 or 1.
    pub signals: Vec<(usize, i8)>,
    /// Equity at each evaluated close (bar-by-bar kernel only).
    pub equity: Vec<f64>,
    /// Closes in a position.
    pub exposed_bars: usize,
    /// Bars at which long and short were both true.
    pub conflicts: usize,
    /// Equity reached zero.
    pub ruined: bool,
    /// The position wanted now.
    wanted: i8,
}

impl Tape {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.trades.clear();
        self.sizes.clear();
        self.signals.clear();
        self.equity.clear();
        self.evidence = TradeEvidence::default();
        (self.trade_count, self.ambiguous_trades, self.open_position) = (0, 0, false);
        (self.exposed_bars, self.conflicts, self.ruined) = (0, 0, false);
        self.wanted = 0;
    }

    /// Counts a trade that committed a size, and keeps it where it is wanted.
    #[inline(always)]
    pub(crate) fn note(&mut self, trade: &Trade, size: f64, keep: bool) {
        self.evidence.push(trade);
        self.trade_count += 1;
        self.ambiguous_trades += usize::from(trade.ambiguous);
        self.open_position = trade.status == TradeStatus::Open;
        if keep {
            self.trades.push(*trade);
            self.sizes.push(size);
        }
    }

    /// Notes a position wanted at a close, which is another than before; at most one of a close.
    #[inline(always)]
    pub(crate) fn change(&mut self, bar: usize, side: Option<Side>) {
        self.wanted = code(side);
        self.signals.push((bar, self.wanted));
    }

    /// Notes the position wanted at a close.
    pub(crate) fn want(&mut self, bar: usize, side: Option<Side>) {
        let wanted = code(side);
        if wanted != self.wanted {
            // A stop and a new decision at one close are one change.
            if self.signals.last().is_some_and(|(b, _)| *b == bar) {
                self.signals.pop();
            }
            let before = self.signals.last().map_or(0, |(_, w)| *w);
            if before != wanted {
                self.signals.push((bar, wanted));
            }
            self.wanted = wanted;
        }
    }
}

/// A wanted position as signals tell it.
#[inline(always)]
fn code(side: Option<Side>) -> i8 {
    match side {
        None => 0,
        Some(Side::Long) => 1,
        Some(Side::Short) => -1,
    }
}

/// An order decided at a close, to be filled at the next open.
#[derive(Clone, Copy, Debug)]
struct Pending {
    target: Option<Side>,
    reason: ExitReason,
}

struct Walk<'a> {
    market: &'a Market,
    decisions: &'a Decisions,
    terms: &'a Terms,
    ledger: Ledger<'a>,
    protection: Protection,
    pending: Option<Pending>,
    /// Sides that may not re-enter until their condition has been not-true (rule 8): long, short.
    blocked: [bool; 2],
    next_open: bool,
    tape: &'a mut Tape,
}

/// Walks all evaluated bars and fills the tape.
pub fn walk(market: &Market, decisions: &Decisions, terms: &Terms, tape: &mut Tape) {
    tape.clear();
    let mut walk = Walk {
        market,
        decisions,
        terms,
        ledger: Ledger::new(terms),
        protection: Protection::default(),
        pending: None,
        blocked: [false; 2],
        next_open: terms.execution.fill == Fill::NextOpen,
        tape,
    };
    for bar in market.window.clone() {
        walk.step(bar);
    }
    let last = market.window.end - 1;
    let open = walk.ledger.mark(last, market.close()[last]);
    if let Some(trade) = open {
        walk.note(trade);
    }
}

impl Walk<'_> {
    fn step(&mut self, bar: usize) {
        let close = self.market.close()[bar];
        if !self.tape.ruined {
            self.fill_pending(bar);
            self.protect(bar);
            self.ledger.charge_borrow(close);
            if self.ledger.equity(close) <= 0.0 {
                let trade = self.ledger.ruin(bar, close);
                self.tape.ruined = true;
                trade.into_iter().for_each(|t| self.note(t));
                self.tape.want(bar, None);
            }
        }
        if !self.tape.ruined {
            self.decide(bar);
        }
        if bar + 1 == self.market.window.end && self.terms.execution.close_at_end {
            self.close(bar, bar, ExitReason::End, close);
        }
        self.tape.equity.push(self.ledger.equity(close));
        self.tape.exposed_bars += usize::from(self.ledger.position.is_some());
    }

    fn fill_pending(&mut self, bar: usize) {
        let Some(pending) = self.pending.take() else { return };
        let open = self.market.bars.open.values()[bar];
        if let Some(position) = &mut self.ledger.position {
            position.see(open);
            self.close(bar, bar - 1, pending.reason, open);
        }
        if let Some(side) = pending.target {
            self.open(bar, bar - 1, side, open);
        }
    }

    /// Stops and targets inside the bar.
    fn protect(&mut self, bar: usize) {
        let prices = self.market.prices(bar);
        let Some(position) = &mut self.ledger.position else { return };
        let (side, carried) = (position.side, bar > position.entry_bar);
        let levels = self.protection.levels(side, position.entry_price);
        if let Some(hit) = levels.hit(side, prices, carried) {
            position.ambiguous = hit.ambiguous;
            if carried {
                position.see(prices.open);
            }
            self.close(bar, bar - 1, hit.reason, hit.raw);
            self.blocked[index(side)] = true;
            self.tape.want(bar, None);
        } else {
            position.see(prices.high);
            position.see(prices.low);
            self.protection.see(side, prices);
        }
    }

    fn decide(&mut self, bar: usize) {
        let long = is_true(&self.decisions.long, bar);
        let short = is_true(&self.decisions.short, bar);
        self.blocked[0] &= long;
        self.blocked[1] &= short;
        let both = long && short;
        self.tape.conflicts += usize::from(both);
        let current = self.ledger.position.as_ref().map(|p| p.side);
        let (target, reason) = match current {
            Some(side) => self.decide_in_position(bar, side, both),
            None if both => (None, ExitReason::Rule),
            None => (self.decide_flat(bar, long, short), ExitReason::Rule),
        };
        if target != current {
            self.tape.want(bar, target);
            if !self.next_open {
                let close = self.market.close()[bar];
                self.close(bar, bar, reason, close);
                if let Some(side) = target {
                    self.open(bar, bar, side, close);
                }
            } else if bar + 1 < self.market.window.end {
                self.pending = Some(Pending { target, reason });
            }
        }
    }

    fn decide_flat(&self, bar: usize, long: bool, short: bool) -> Option<Side> {
        let enters = |side: Side, entry: bool| {
            entry
                && !self.blocked[index(side)]
                && !is_true(self.exit(side), bar)
                && self.decisions.can_enter(bar)
        };
        if enters(Side::Long, long) {
            Some(Side::Long)
        } else if enters(Side::Short, short) {
            Some(Side::Short)
        } else {
            None
        }
    }

    fn decide_in_position(&mut self, bar: usize, side: Side, both: bool) -> (Option<Side>, ExitReason) {
        let (own, other) = (self.entry(side), self.entry(side.opposite()));
        let own_true = is_true(own, bar);
        let exit = self.exit(side);
        let entered = self.ledger.position.as_ref().map_or(bar, |p| p.entry_bar);
        let held = bar - entered + usize::from(self.next_open);
        let leave = match exit {
            None => own.as_ref().is_some_and(|t| t.no.get(bar)),
            Some(_) => is_true(exit, bar) || self.leaves_by_time(side, bar, held),
        };
        let flip = is_true(other, bar)
            && !both
            && !self.blocked[index(side.opposite())]
            && !is_true(self.exit(side.opposite()), bar)
            && self.decisions.can_enter(bar);
        if leave && !(both && exit.is_none()) {
            return (flip.then_some(side.opposite()), ExitReason::Rule);
        }
        if exit.is_some() && flip && !own_true {
            return (Some(side.opposite()), ExitReason::Rule);
        }
        if self.decisions.max_bars.is_some_and(|limit| held >= limit as usize) {
            self.blocked[index(side)] = own_true;
            return (None, ExitReason::MaxBars);
        }
        (Some(side), ExitReason::Rule)
    }

    fn entry(&self, side: Side) -> &Option<Truth> {
        match side {
            Side::Long => &self.decisions.long,
            Side::Short => &self.decisions.short,
        }
    }

    fn exit(&self, side: Side) -> &Option<Truth> {
        match side {
            Side::Long => &self.decisions.exit_long,
            Side::Short => &self.decisions.exit_short,
        }
    }

    /// An exit that reads `bars_held` and is true of the position held for so many closes (rule 11).
    fn leaves_by_time(&self, side: Side, bar: usize, held: usize) -> bool {
        let rule = match side {
            Side::Long => &self.decisions.held_exit_long,
            Side::Short => &self.decisions.held_exit_short,
        };
        rule.as_ref().is_some_and(|rule| rule.at(bar, held) == Some(true))
    }

    fn open(&mut self, bar: usize, decision_bar: usize, side: Side, raw: f64) {
        let slippage = self.terms.slippage_rate(self.market.volatility.get(decision_bar));
        let size = self.decisions.size.fraction(decision_bar);
        if !self.ledger.open(&Entry { side, size, bar, decision_bar, raw, slippage }) {
            return;
        }
        let price = self.ledger.position.as_ref().map_or(raw, |p| p.entry_price);
        self.protection = Protection::of(self.decisions, decision_bar, price);
    }

    /// Closes the position, if there is one. `decision_bar` is the last bar whose close was known: stops and targets
    /// fill within a bar, when nothing later than the close before it is.
    fn close(&mut self, bar: usize, decision_bar: usize, reason: ExitReason, raw: f64) {
        if self.ledger.position.is_none() {
            return;
        }
        let slippage = self.terms.exit_slippage(reason, self.market.volatility.get(decision_bar));
        let size = self.ledger.position.as_ref().map_or(0.0, |p| p.size);
        let trade = self.ledger.close(&Exit { reason, bar, decision_bar, raw, slippage });
        self.tape.note(&trade, size, true);
    }

    fn note(&mut self, trade: Trade) {
        // A ruined or open position has left the ledger's hands or stays in them; its size is the decision's.
        self.tape.note(&trade, self.decisions.size.fraction(trade.entry_decision_bar), true);
    }
}

fn is_true(column: &Option<Truth>, bar: usize) -> bool {
    column.as_ref().is_some_and(|truth| Bits::get(&truth.yes, bar))
}
