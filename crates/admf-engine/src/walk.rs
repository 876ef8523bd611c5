//! The bar-by-bar kernel: every rule, stop and reversal, one bar after the other (rules 7 to 16).
//!
//! A port of the rules, not of a particular strategy: it reads decision columns and calls the ledger.

use crate::decisions::Decisions;
use crate::ledger::{Entry, Exit, Ledger};
use crate::{Market, Terms};
use admf_model::{Bits, ExitReason, Fill, Side, Trade};
use admf_rules::Truth;

/// What a kernel writes down while it walks.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    /// Closed trades in order, then the open one, if any.
    pub trades: Vec<Trade>,
    /// Size committed by each trade.
    pub sizes: Vec<f64>,
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
}

impl Tape {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.trades.clear();
        self.sizes.clear();
        self.signals.clear();
        self.equity.clear();
        (self.exposed_bars, self.conflicts, self.ruined) = (0, 0, false);
    }
}

/// Distances in price that protect a position, fixed when it was opened.
#[derive(Clone, Copy, Debug, Default)]
struct Protection {
    stop: Option<f64>,
    target: Option<f64>,
    trail: Option<f64>,
    best: f64,
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
    wanted: i8,
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
        wanted: 0,
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
                self.want(bar, None);
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

    /// Stops and targets inside the bar: open first, then the adverse extreme before the favourable one (rule 10).
    fn protect(&mut self, bar: usize) {
        let bars = &self.market.bars;
        let (high, low) = (bars.high.values()[bar], bars.low.values()[bar]);
        let Some(position) = &mut self.ledger.position else { return };
        let (side, sign, carried) = (position.side, position.side.sign(), bar > position.entry_bar);
        let levels = self.protection.levels(sign, position.entry_price);
        let (adverse, favourable) = if sign > 0.0 { (low, high) } else { (high, low) };
        let beyond = |price: f64, level: Option<f64>| level.is_some_and(|l| sign * (price - l) <= 0.0);
        let reached = |price: f64, level: Option<f64>| level.is_some_and(|l| sign * (price - l) >= 0.0);
        let open = bars.open.values()[bar];
        let hit = if carried && beyond(open, levels.stop) {
            Some((Some(open), ExitReason::Stop))
        } else if carried && reached(open, levels.target) {
            Some((Some(open), ExitReason::Target))
        } else if beyond(adverse, levels.stop) {
            position.ambiguous = reached(favourable, levels.target);
            Some((levels.stop, ExitReason::Stop))
        } else if reached(favourable, levels.target) {
            Some((levels.target, ExitReason::Target))
        } else {
            None
        };
        if let Some((Some(raw), reason)) = hit {
            if carried {
                position.see(open);
            }
            self.close(bar, bar - 1, reason, raw);
            self.blocked[index(side)] = true;
            self.want(bar, None);
        } else {
            position.see(high);
            position.see(low);
            let best = &mut self.protection.best;
            *best = if sign > 0.0 { best.max(high) } else { best.min(low) };
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
            self.want(bar, target);
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
        let distance =
            |q: &Option<crate::decisions::Quantity>| q.as_ref().map(|q| q.distance(decision_bar, price));
        self.protection = Protection {
            stop: distance(&self.decisions.stop_loss),
            target: distance(&self.decisions.take_profit),
            trail: distance(&self.decisions.trailing_stop),
            best: price,
        };
    }

    /// Closes the position, if there is one. `decision_bar` is the last bar whose close was known: stops and targets
    /// fill within a bar, when nothing later than the close before it is.
    fn close(&mut self, bar: usize, decision_bar: usize, reason: ExitReason, raw: f64) {
        if self.ledger.position.is_none() {
            return;
        }
        let slippage = match reason {
            ExitReason::Target => 0.0,
            _ => self.terms.slippage_rate(self.market.volatility.get(decision_bar)),
        };
        let size = self.ledger.position.as_ref().map_or(0.0, |p| p.size);
        let trade = self.ledger.close(&Exit { reason, bar, decision_bar, raw, slippage });
        self.tape.trades.push(trade);
        self.tape.sizes.push(size);
    }

    fn note(&mut self, trade: Trade) {
        // A ruined or open position has left the ledger's hands or stays in them; its size is the decision's.
        self.tape.sizes.push(self.decisions.size.fraction(trade.entry_decision_bar));
        self.tape.trades.push(trade);
    }

    fn want(&mut self, bar: usize, side: Option<Side>) {
        let wanted = side.map_or(0, |s| if s == Side::Long { 1 } else { -1 });
        if wanted != self.wanted {
            // A stop and a new decision at one close are one change.
            if self.tape.signals.last().is_some_and(|(b, _)| *b == bar) {
                self.tape.signals.pop();
            }
            let before = self.tape.signals.last().map_or(0, |(_, w)| *w);
            if before != wanted {
                self.tape.signals.push((bar, wanted));
            }
            self.wanted = wanted;
        }
    }
}

/// Stop (the tighter of stop and trail) and target as prices.
struct Levels {
    stop: Option<f64>,
    target: Option<f64>,
}

impl Protection {
    fn levels(&self, sign: f64, entry: f64) -> Levels {
        let fixed = self.stop.map(|d| entry - sign * d);
        let trail = self.trail.map(|d| self.best - sign * d);
        let stop = match (fixed, trail) {
            (Some(a), Some(b)) => Some(if sign > 0.0 { a.max(b) } else { a.min(b) }),
            (a, b) => a.or(b),
        };
        Levels { stop, target: self.target.map(|d| entry + sign * d) }
    }
}

fn index(side: Side) -> usize {
    match side {
        Side::Long => 0,
        Side::Short => 1,
    }
}

fn is_true(column: &Option<Truth>, bar: usize) -> bool {
    column.as_ref().is_some_and(|truth| Bits::get(&truth.yes, bar))
}
