//! Where positions begin and end: jumps from decision to decision on bit masks, and looks at prices only while a stop or
//! a target stands (rules 5 to 11).
//!
//! It assumes that every entry is filled and that equity lasts. [`crate::account`] notices when it is not so, and then
//! only the bar-by-bar kernel tells the truth.

use crate::Terms;
use crate::decisions::{Decisions, Quantity};
use crate::holding::{Holding, Leaving, index};
use crate::ledger::fill_price;
use crate::market::Market;
use crate::protection::{Hit, Protection};
use crate::walk::Tape;
use admf_model::{ExitReason, Fill, Side};
use admf_rules::Truth;

mod latch;
mod levels;

/// True when positions are found as the bar-by-bar kernel would find them, fills and equity permitting.
pub fn is_exact(decisions: &Decisions) -> bool {
    decisions.held_exit_long.is_none() && decisions.held_exit_short.is_none()
}

/// Finds the holdings, and writes the signals and conflicts on the tape.
pub fn find(
    market: &Market,
    decisions: &Decisions,
    terms: &Terms,
    holdings: &mut Vec<Holding>,
    tape: &mut Tape,
) {
    holdings.clear();
    tape.clear();
    let rule = |entry, exit| Rule { entry, exit };
    let long = decisions.long.as_ref().map(|entry| rule(entry, decisions.exit_long.as_ref()));
    let short = decisions.short.as_ref().map(|entry| rule(entry, decisions.exit_short.as_ref()));
    let end = market.window.end;
    let next_open = terms.execution.fill == Fill::NextOpen;
    let prices = if next_open { market.bars.open.values() } else { market.close() };
    let mut finder = Finder {
        market,
        decisions,
        terms,
        rules: [long, short],
        prices,
        next_open,
        end,
        free_at: [0; 2],
        holdings,
        tape,
    };
    finder.count_conflicts();
    if finder.can_latch() {
        finder.latch();
    } else {
        finder.run();
    }
}

/// When to enter a side and when to leave it.
#[derive(Clone, Copy)]
struct Rule<'a> {
    entry: &'a Truth,
    exit: Option<&'a Truth>,
}

impl Rule<'_> {
    /// The bars of a word at which the rule itself gives a position up.
    #[inline(always)]
    fn leaves(self, word: usize) -> u64 {
        self.exit.map_or_else(|| self.entry.no.word(word), |exit| exit.yes.word(word))
    }
}

struct Finder<'a> {
    market: &'a Market,
    decisions: &'a Decisions,
    terms: &'a Terms,
    /// Long, short.
    rules: [Option<Rule<'a>>; 2],
    /// The prices at which decisions are filled.
    prices: &'a [f64],
    next_open: bool,
    end: usize,
    /// The first bar at which a side may be entered again (rule 8): long, short.
    free_at: [usize; 2],
    holdings: &'a mut Vec<Holding>,
    tape: &'a mut Tape,
}

/// What follows a holding.
enum Then {
    /// Decide at this bar without a position.
    Flat(usize),
    /// Enter the other side: decided and filled at these bars.
    Enter(Side, usize, usize),
    /// The data ended.
    Done,
}

impl Finder<'_> {
    fn run(&mut self) {
        let mut then = Then::Flat(self.market.window.start);
        loop {
            then = match then {
                Then::Done => return,
                Then::Flat(bar) => self.wait(bar),
                Then::Enter(side, decision, fill) => self.hold(side, decision, fill),
            };
        }
    }

    /// Bars at which long and short are both true.
    fn count_conflicts(&mut self) {
        let [Some(long), Some(short)] = self.rules else { return };
        let mut bar = self.market.window.start;
        while let Some(both) = next_bit(bar, self.end, |w| long.entry.yes.word(w) & short.entry.yes.word(w)) {
            self.tape.conflicts += 1;
            bar = both + 1;
        }
    }

    /// Without a position: the next entry, decided at `bar` or later.
    fn wait(&mut self, mut bar: usize) -> Then {
        let rules = self.rules;
        loop {
            let entries = |w| entries(rules, 0, w) | entries(rules, 1, w);
            let Some(decision) = next_bit(bar, self.end, entries) else { return Then::Done };
            // Both sides at once are no entry, so that only one of them has its bit here.
            let is_long = entries_at(rules, 0, decision);
            let side = if is_long { Side::Long } else { Side::Short };
            if self.free_at[index(side)] <= decision && self.decisions.can_enter(decision) {
                self.tape.want(decision, Some(side));
                return self.enter(side, decision);
            }
            // A blocked side alone stays so until it is free.
            let other = rules[1 - index(side)].is_some();
            bar = if other { decision + 1 } else { (decision + 1).max(self.free_at[index(side)]) };
        }
    }

    fn enter(&self, side: Side, decision: usize) -> Then {
        let fill = decision + usize::from(self.next_open);
        if fill < self.end { Then::Enter(side, decision, fill) } else { Then::Done }
    }

    /// From an entry fill to what follows the exit.
    fn hold(&mut self, side: Side, entry_decision: usize, entry: usize) -> Then {
        let (mut guard, entry_price) = self.protection(side, entry_decision, entry);
        let limit = self.decisions.max_bars.map(|bars| entry + bars as usize - usize::from(self.next_open));
        let mut from = entry + usize::from(!self.next_open);
        let holding = Holding { side, entry_decision, entry, exit: None, ambiguous: false };
        loop {
            let decision = self.next_decision(side, from, limit);
            let guarded = from..(decision + 1).min(self.end);
            if let Some((bar, hit)) = self.first_hit(side, entry, entry_price, &mut guard, guarded) {
                return self.protect(holding, bar, hit);
            }
            if decision >= self.end {
                self.keep(holding);
                return Then::Done;
            }
            let (target, reason) = self.decide(side, decision, limit);
            if target == Some(side) {
                from = decision + 1;
                continue;
            }
            self.tape.want(decision, target);
            return self.leave(holding, decision, target, reason);
        }
    }

    /// Ends a holding where its stop or target was hit.
    fn protect(&mut self, holding: Holding, bar: usize, hit: Hit) -> Then {
        let Hit { raw, reason, ambiguous } = hit;
        let exit = Some(Leaving { reason, decision: bar - 1, bar, raw, at_close: false });
        self.holdings.push(Holding { exit, ambiguous, ..holding });
        self.block(holding.side, bar);
        self.tape.want(bar, None);
        Then::Flat(bar)
    }

    /// Ends a holding that its rule gave up at a close, and enters the other side where that is wanted.
    fn leave(&mut self, holding: Holding, decision: usize, target: Option<Side>, reason: ExitReason) -> Then {
        let bar = decision + usize::from(self.next_open);
        if bar >= self.end {
            // Nothing fills what the last close decides.
            self.keep(holding);
            return Then::Done;
        }
        let exit = Some(self.leaving(reason, decision, bar));
        self.holdings.push(Holding { exit, ..holding });
        match target {
            Some(side) => Then::Enter(side, decision, bar),
            None => Then::Flat(decision + 1),
        }
    }

    /// An end that a close decided, filled in a bar.
    #[inline(always)]
    fn leaving(&self, reason: ExitReason, decision: usize, bar: usize) -> Leaving {
        Leaving { reason, decision, bar, raw: self.prices[bar], at_close: !self.next_open }
    }

    /// A holding that outlasts the data.
    fn keep(&mut self, holding: Holding) {
        let bar = self.end - 1;
        let exit = self.terms.execution.close_at_end.then(|| Leaving {
            reason: ExitReason::End,
            decision: bar,
            bar,
            raw: self.market.close()[bar],
            at_close: true,
        });
        self.holdings.push(Holding { exit, ..holding });
    }

    /// The first bar from `from` whose close may end the position; at or past the end when there is none.
    fn next_decision(&self, side: Side, from: usize, limit: Option<usize>) -> usize {
        let rules = self.rules;
        let (own, other) = (index(side), 1 - index(side));
        let candidates = |w| rules[own].map_or(0, |rule| rule.leaves(w)) | entries(rules, other, w);
        let bit = next_bit(from, self.end, candidates).unwrap_or(self.end);
        limit.map_or(bit, |limit| bit.min(limit.max(from)))
    }

    /// What is wanted at a close in a position, and why (rules 6 and 7).
    fn decide(&mut self, side: Side, bar: usize, limit: Option<usize>) -> (Option<Side>, ExitReason) {
        let opposite = side.opposite();
        let Some(rule) = self.rules[index(side)] else { return (Some(side), ExitReason::Rule) };
        let own_true = rule.entry.yes.get(bar);
        let leave = rule.leaves(bar / 64) >> (bar % 64) & 1 == 1;
        // An entry of the other side has its bit only where this side is not true.
        let flip = entries_at(self.rules, index(opposite), bar)
            && self.free_at[index(opposite)] <= bar
            && self.decisions.can_enter(bar);
        if leave {
            return (flip.then_some(opposite), ExitReason::Rule);
        }
        if rule.exit.is_some() && flip && !own_true {
            return (Some(opposite), ExitReason::Rule);
        }
        if limit.is_some_and(|limit| bar >= limit) {
            self.block(side, bar);
            return (None, ExitReason::MaxBars);
        }
        (Some(side), ExitReason::Rule)
    }

    /// Bars a side until its condition is not true at some close from `bar` on (rule 8).
    fn block(&mut self, side: Side, bar: usize) {
        let free =
            self.rules[index(side)].and_then(|rule| next_bit(bar, self.end, |w| !rule.entry.yes.word(w)));
        self.free_at[index(side)] = free.unwrap_or(self.end);
    }

    /// The distances that an entry fixes, and its price.
    fn protection(&self, side: Side, decision: usize, entry: usize) -> (Protection, f64) {
        let slippage = self.terms.slippage_rate(self.market.volatility.get(decision));
        let price = fill_price(self.prices[entry], slippage, side.sign());
        (Protection::of(self.decisions, decision, price), price)
    }
}

impl Protection {
    /// The distances of an entry decided at `decision` and filled at `price`.
    pub fn of(decisions: &Decisions, decision: usize, price: f64) -> Self {
        let distance = |q: &Option<Quantity>| q.as_ref().map(|q| q.distance(decision, price));
        Self {
            stop: distance(&decisions.stop_loss),
            target: distance(&decisions.take_profit),
            trail: distance(&decisions.trailing_stop),
            best: price,
        }
    }
}

/// The bars of a word at which a side is entered: it is true, the other one and its own exit are not.
#[inline(always)]
fn entries(rules: [Option<Rule<'_>>; 2], side: usize, word: usize) -> u64 {
    let Some(rule) = rules[side] else { return 0 };
    let barred = rule.exit.map_or(0, |exit| exit.yes.word(word));
    let other = rules[1 - side].map_or(0, |other| other.entry.yes.word(word));
    rule.entry.yes.word(word) & !barred & !other
}

fn entries_at(rules: [Option<Rule<'_>>; 2], side: usize, bar: usize) -> bool {
    entries(rules, side, bar / 64) >> (bar % 64) & 1 == 1
}

/// The first bar in `start..end` whose bit is set.
#[inline]
fn next_bit(start: usize, end: usize, word: impl Fn(usize) -> u64) -> Option<usize> {
    if start >= end {
        return None;
    }
    let mut index = start / 64;
    let mut bits = word(index) & (u64::MAX << (start % 64));
    loop {
        if bits != 0 {
            let bar = index * 64 + bits.trailing_zeros() as usize;
            return (bar < end).then_some(bar);
        }
        index += 1;
        if index * 64 >= end {
            return None;
        }
        bits = word(index);
    }
}
