//! What holdings earn: every fill through the ledger, every bar into the sums from which metrics are computed.
//!
//! While all of equity is long, returns between fills are the market's own, and their sums are differences of prefix
//! sums. What a short or a part of equity is worth at every close is written down, and added up at the end.

use crate::evaluate::Detail;
use crate::evidence::EquityFold;
use crate::gross::GrossBook;
use crate::holding::{Holding, Leaving};
use crate::ledger::{Entry, Exit, Ledger};
use crate::regime::RegimeTally;
use crate::tail::{self, Bars};
use crate::walk::Tape;
use crate::{Market, Terms};
use admf_model::Fill;
use admf_stats::Tail;
use std::ops::Range;

/// Holdings whose rows of the market's tables are read together.
const AHEAD: usize = 32;
/// Bars from which on these tables are larger than a core's own cache.
const LARGE: usize = 10_000;

/// Memory that is used again for every strategy.
#[derive(Debug, Default)]
pub struct Buffers {
    /// Net returns of bars at which the position changed; of all bars, unless equity is all long.
    returns: Vec<f64>,
    /// Bars held through from close to close, long with all of equity.
    held: Vec<u64>,
    /// Equity at the closes, net and gross, unless it is all long.
    net: Vec<f64>,
    gross: Vec<f64>,
    /// Worst returns of bars held through.
    worst: Vec<f64>,
}

/// The statistics that the holdings of one strategy add up to.
#[derive(Debug)]
pub struct Account<'a, 'r, const ALL_IN: bool, const NET: bool> {
    market: &'a Market,
    terms: &'a Terms,
    next_open: bool,
    detail: Detail,
    /// Trades are kept, not only counted.
    keep_trades: bool,
    ledger: Ledger<'a>,
    /// Net of costs.
    net: EquityFold,
    /// Before costs.
    gross: EquityFold,
    book: GrossBook,
    /// Σ of strategy return times market return.
    sum_product: f64,
    regimes: &'a mut [RegimeTally<'r>],
    buffers: &'a mut Buffers,
    /// The first bar that is in no sum yet.
    next: usize,
    /// The position changed in that bar.
    changed: bool,
}

/// The sums from which metrics are computed.
#[derive(Debug)]
pub struct Found {
    /// Net of costs.
    pub net: EquityFold,
    /// Before costs, if asked for.
    pub gross: Option<EquityFold>,
    /// Σ of strategy return times market return, if asked for.
    pub sum_product: Option<f64>,
    /// The worst bars, net; undefined unless asked for.
    pub tail: Tail,
}

impl Found {
    /// What is asked for where only net metrics are.
    pub fn of_net(net: EquityFold) -> Self {
        Self { net, gross: None, sum_product: None, tail: Tail::default() }
    }
}

/// A fill was refused, or equity was gone: only the bar-by-bar kernel tells what happened then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broke;

impl<'a, 'r, const ALL_IN: bool, const NET: bool> Account<'a, 'r, ALL_IN, NET> {
    /// Nothing done yet.
    #[inline(always)]
    pub fn new(
        market: &'a Market,
        terms: &'a Terms,
        detail: Detail,
        regimes: &'a mut [RegimeTally<'r>],
        buffers: &'a mut Buffers,
    ) -> Self {
        buffers.returns.clear();
        buffers.net.clear();
        buffers.gross.clear();
        buffers.held.clear();
        buffers.held.resize(market.bars.len().div_ceil(64), 0);
        let fold = || EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return());
        Self {
            market,
            terms,
            next_open: terms.execution.fill == Fill::NextOpen,
            detail,
            keep_trades: detail.trades || !regimes.is_empty(),
            ledger: Ledger::new(terms),
            net: fold(),
            gross: fold(),
            book: GrossBook::new(terms),
            sum_product: 0.0,
            regimes,
            buffers,
            next: market.window.start,
            changed: false,
        }
    }

    /// Applies one holding after the other and gives what was found; `size` gives the fraction of equity committed at a decision.
    ///
    /// # Errors
    /// [`Broke`].
    #[inline(always)]
    pub fn apply(
        mut self,
        holdings: &[Holding],
        size: impl Fn(usize) -> f64,
        tape: &mut Tape,
    ) -> Result<Found, Broke> {
        for (at, holding) in holdings.iter().enumerate() {
            if ALL_IN && at % AHEAD == 0 {
                self.look_ahead(&holdings[at..(at + AHEAD).min(holdings.len())]);
            }
            let size = size(holding.entry_decision);
            self.enter(holding, size)?;
            let until = holding.exit.map_or(self.market.window.end, |exit| exit.bar);
            tape.exposed_bars += until - holding.entry;
            for tally in self.regimes.iter_mut() {
                tally.hold_position(holding.entry..until);
            }
            if until > holding.entry {
                self.settle()?;
                self.hold(holding.entry + 1..until);
            }
            self.see_extremes(holding);
            match holding.exit {
                Some(exit) => self.leave(holding, &exit, size, tape)?,
                None => {
                    let last = until - 1;
                    if let Some(trade) = self.ledger.mark(last, self.market.close()[last]) {
                        tape.note(&trade, size, self.keep_trades);
                    }
                }
            }
        }
        self.rest(self.market.window.end)?;
        self.finish()
    }

    /// Reads the rows that some holdings need, all at once: where the market does not fit into the cache, waiting for one
    /// after the other takes longer than everything that is done with them.
    #[inline(always)]
    fn look_ahead(&self, holdings: &[Holding]) {
        if self.market.bars.len() < LARGE {
            return;
        }
        let last = self.market.window.end - 1;
        let row = |holding: &Holding| {
            let until = holding.exit.map_or(last, |exit| exit.bar);
            let (first, stop) = ((holding.entry + 1).min(until), until.max(1) - 1);
            self.market.sums.touch(first)
                + self.market.sums.touch(until)
                + self.market.ranges.touch(first, stop)
        };
        std::hint::black_box(holdings.iter().map(row).sum::<f64>());
    }

    /// What was found.
    #[inline(always)]
    fn finish(mut self) -> Result<Found, Broke> {
        if !ALL_IN {
            self.sum_up()?;
        }
        if NET {
            return Ok(Found::of_net(self.net));
        }
        let Self { market, buffers, .. } = self;
        let Buffers { returns, held, worst, .. } = buffers;
        let held_bars: u64 = held.iter().map(|word| u64::from(word.count_ones())).sum();
        let flat = market.window.len() - returns.len() - held_bars as usize;
        Ok(Found {
            net: self.net,
            gross: Some(self.gross),
            sum_product: Some(self.sum_product),
            tail: tail::tail(&market.by_return, Bars { returns, held, flat }, worst),
        })
    }

    /// Sums up the curves of shorts and of parts of equity.
    fn sum_up(&mut self) -> Result<(), Broke> {
        let window = self.market.window.clone();
        let Buffers { returns, net, gross, .. } = &mut *self.buffers;
        self.net.bars(net, Some(returns)).ok_or(Broke)?;
        for tally in self.regimes.iter_mut() {
            let moved = window.clone().zip(&*returns).filter(|(_, r)| **r != 0.0);
            moved.for_each(|(bar, r)| tally.bar(bar, *r));
        }
        if !NET {
            self.sum_product = admf_stats::product_sum(returns, &self.market.returns[window]);
            self.gross.bars(gross, None).ok_or(Broke)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn enter(&mut self, holding: &Holding, size: f64) -> Result<(), Broke> {
        self.rest(holding.entry)?;
        let prices = if self.next_open { self.market.bars.open.values() } else { self.market.close() };
        let raw = prices[holding.entry];
        let entry = Entry {
            side: holding.side,
            size,
            bar: holding.entry,
            decision_bar: holding.entry_decision,
            raw,
            slippage: self.terms.slippage_rate(self.market.volatility.get(holding.entry_decision)),
        };
        if !self.ledger.open(&entry) {
            return Err(Broke);
        }
        self.book.enter(holding.side, size, raw);
        if self.next_open && holding.exit.is_none_or(|exit| exit.bar > holding.entry || exit.at_close) {
            self.ledger.charge_borrow(self.market.close()[holding.entry]);
        }
        self.changed = true;
        Ok(())
    }

    #[inline(always)]
    fn leave(&mut self, holding: &Holding, exit: &Leaving, size: f64, tape: &mut Tape) -> Result<(), Broke> {
        if exit.at_close {
            let close = self.market.close()[exit.bar];
            if exit.bar > holding.entry {
                self.ledger.charge_borrow(close);
            }
            if self.ledger.equity(close) <= 0.0 {
                return Err(Broke);
            }
        }
        let slippage = self.terms.exit_slippage(exit.reason, self.market.volatility.get(exit.decision));
        if let Some(position) = &mut self.ledger.position {
            position.ambiguous = holding.ambiguous;
        }
        let Leaving { reason, decision, bar, raw, .. } = *exit;
        let trade = self.ledger.close(&Exit { reason, bar, decision_bar: decision, raw, slippage });
        tape.note(&trade, size, self.keep_trades);
        self.book.leave(raw);
        self.changed = true;
        if self.ledger.cash() <= 0.0 { Err(Broke) } else { Ok(()) }
    }

    /// Sums up what is flat until `bar`, and the bar of the last change before it.
    #[inline(always)]
    fn rest(&mut self, bar: usize) -> Result<(), Broke> {
        if self.changed && self.next < bar {
            self.settle()?;
        }
        if self.next < bar {
            self.flat(bar - self.next);
            self.next = bar;
        }
        Ok(())
    }

    #[inline(always)]
    fn flat(&mut self, bars: usize) {
        if ALL_IN {
            self.net.flat(bars);
            if !NET {
                self.gross.flat(bars);
            }
            return;
        }
        let Buffers { net, gross, .. } = &mut *self.buffers;
        net.resize(net.len() + bars, self.ledger.cash());
        if !NET {
            gross.resize(gross.len() + bars, self.book.cash);
        }
    }

    /// Sums up the bar in which the position changed.
    #[inline(always)]
    fn settle(&mut self) -> Result<(), Broke> {
        let bar = self.next;
        (self.next, self.changed) = (bar + 1, false);
        let close = self.market.close()[bar];
        let equity = self.ledger.equity(close);
        if equity <= 0.0 {
            return Err(Broke);
        }
        if !ALL_IN {
            self.buffers.net.push(equity);
            if !NET {
                self.buffers.gross.push(self.gross_equity(close)?);
            }
            return Ok(());
        }
        let r = self.net.bar(equity);
        for tally in self.regimes.iter_mut().filter(|_| r != 0.0) {
            tally.bar(bar, r);
        }
        if !NET {
            self.sum_product += r * self.market.returns[bar];
            self.buffers.returns.push(r);
            let gross = self.gross_equity(close)?;
            self.gross.bar(gross);
        }
        Ok(())
    }

    #[inline(always)]
    fn gross_equity(&self, close: f64) -> Result<f64, Broke> {
        let equity = self.book.equity(close);
        if equity > 0.0 { Ok(equity) } else { Err(Broke) }
    }

    /// Sums up bars held from close to close.
    #[inline(always)]
    fn hold(&mut self, bars: Range<usize>) {
        if bars.is_empty() {
            return;
        }
        self.next = bars.end;
        if ALL_IN {
            self.hold_market(bars);
        } else {
            self.hold_part(bars);
        }
    }

    #[inline(always)]
    fn hold_market(&mut self, bars: Range<usize>) {
        let sums = self.market.sums.over(bars.clone());
        self.net.held(self.market, bars.clone(), &sums, self.ledger.units(), self.ledger.cash());
        for tally in self.regimes.iter_mut() {
            tally.hold_returns(bars.clone());
        }
        if !NET {
            self.gross.held(self.market, bars.clone(), &sums, self.book.units, self.book.cash);
            self.sum_product += sums.squares;
            set_range(&mut self.buffers.held, bars);
        }
    }

    fn hold_part(&mut self, bars: Range<usize>) {
        let closes = &self.market.close()[bars];
        let Buffers { net, gross, .. } = &mut *self.buffers;
        if self.terms.costs().borrow_rate > 0.0 && self.ledger.units() < 0.0 {
            net.extend(closes.iter().map(|close| {
                self.ledger.charge_borrow(*close);
                self.ledger.equity(*close)
            }));
        } else {
            let (cash, units) = (self.ledger.cash(), self.ledger.units());
            net.extend(closes.iter().map(|close| cash + units * close));
        }
        if !NET {
            let book = self.book;
            gross.extend(closes.iter().map(|close| book.equity(*close)));
        }
    }

    /// Shows the position the extremes it lived through: from the entry (its own bar only for a fill at the open) to
    /// the bar before an exit inside a bar, whose open counts too, or to the bar of an exit at the close. Only a trade
    /// that is carried home tells of them.
    #[inline(always)]
    fn see_extremes(&mut self, holding: &Holding) {
        if !self.detail.trades {
            return;
        }
        let Some(position) = &mut self.ledger.position else { return };
        let first = holding.entry + usize::from(!self.next_open);
        let stop = match holding.exit {
            Some(exit) => exit.bar + usize::from(exit.at_close),
            None => self.market.window.end,
        };
        if first < stop {
            let (highest, lowest) = self.market.seen(first..=stop - 1);
            position.see(highest);
            position.see(lowest);
        }
        if let Some(exit) = holding.exit.filter(|exit| !exit.at_close && exit.bar > holding.entry) {
            position.see(self.market.bars.open.values()[exit.bar]);
        }
    }
}

/// Sets a range of bits.
fn set_range(words: &mut [u64], bars: Range<usize>) {
    let (first, last) = (bars.start / 64, (bars.end - 1) / 64);
    let head = u64::MAX << (bars.start % 64);
    let tail = u64::MAX >> (63 - (bars.end - 1) % 64);
    if first == last {
        words[first] |= head & tail;
        return;
    }
    words[first] |= head;
    words[first + 1..last].fill(u64::MAX);
    words[last] |= tail;
}
