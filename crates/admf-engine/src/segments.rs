//! The segment kernel: jumps from position change to position change.
//!
//! Exact for rules whose positions depend on decision columns alone, long only, with all of equity: between entry and
//! exit every return is then the market's own, so its statistics are differences of prefix sums. Where positions
//! change is found on bit masks; what a change costs is the ledger's business, as in the bar-by-bar kernel.

use crate::decisions::{Decisions, Quantity};
use crate::evidence::EquityFold;
use crate::ledger::{Entry, Exit, Ledger};
use crate::regime::RegimeTally;
use crate::walk::Tape;
use crate::{Market, Terms};
use admf_model::{Bits, ExitReason, Fill, Side};
use admf_rules::Truth;

/// True when this kernel gives what the bar-by-bar kernel would.
pub fn is_exact(decisions: &Decisions, terms: &Terms) -> bool {
    decisions.short.is_none()
        && decisions.long.is_some()
        && decisions.is_path_free()
        && decisions.size == Quantity::Constant(1.0)
        && !terms.execution.whole_units
}

/// One stretch in the market: decided and filled at these bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bar whose close decided the entry.
    pub entry_decision: usize,
    /// Bar of the entry fill.
    pub entry: usize,
    /// Decision and fill of the exit; `None` while open at the end.
    pub exit: Option<(usize, usize)>,
}

/// Finds the segments and signals of a long-only rule: entries where `set`, exits where `reset`, alternating.
pub fn find(
    market: &Market,
    decisions: &Decisions,
    fill: Fill,
    segments: &mut Vec<Segment>,
    tape: &mut Tape,
) {
    segments.clear();
    tape.clear();
    let Some(long) = &decisions.long else { return };
    let masks = Masks { long, exit: decisions.exit_long.as_ref() };
    let end = market.window.end;
    let delay = usize::from(fill == Fill::NextOpen);
    let mut bar = market.window.start;
    while let Some(entry_decision) = next_bit(bar, end, |w| masks.set(w)) {
        tape.signals.push((entry_decision, 1));
        let entry = entry_decision + delay;
        if entry >= end {
            return;
        }
        let Some(exit_decision) = next_bit(entry_decision + 1, end, |w| masks.reset(w)) else {
            segments.push(Segment { entry_decision, entry, exit: None });
            return;
        };
        tape.signals.push((exit_decision, 0));
        let exit = Some((exit_decision, exit_decision + delay)).filter(|(_, fill)| *fill < end);
        segments.push(Segment { entry_decision, entry, exit });
        bar = exit_decision + 1;
    }
}

/// Where a long-only rule opens and closes: a level follows its truth, a latch its exit.
struct Masks<'a> {
    long: &'a Truth,
    exit: Option<&'a Truth>,
}

impl Masks<'_> {
    fn set(&self, word: usize) -> u64 {
        self.long.yes.word(word) & !self.exit.map_or(0, |x| x.yes.word(word))
    }

    fn reset(&self, word: usize) -> u64 {
        self.exit.map_or_else(|| self.long.no.word(word), |x| x.yes.word(word))
    }
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

/// The statistics that the segments of one strategy add up to.
#[derive(Debug)]
pub struct Account<'a, 'r> {
    /// Net of costs.
    pub net: EquityFold,
    /// Σ of strategy return times market return.
    pub sum_product: f64,
    /// Net returns by regime.
    pub regimes: &'a mut [RegimeTally<'r>],
    /// Net returns of bars at which the position changed.
    pub changes: &'a mut Vec<f64>,
    /// Bars held through from close to close.
    pub held: &'a mut Vec<u64>,
}

/// Applies the segments through the ledger. Returns false when a fill was refused or fees ate the account: then only
/// the bar-by-bar kernel tells the truth.
pub fn apply(
    market: &Market,
    terms: &Terms,
    segments: &[Segment],
    account: &mut Account<'_, '_>,
    tape: &mut Tape,
) -> bool {
    let mut ledger = Ledger::new(terms);
    let mut done = market.window.start;
    let end = market.window.end;
    let next_open = terms.execution.fill == Fill::NextOpen;
    for segment in segments {
        let prices = if next_open { market.bars.open.values() } else { market.close() };
        account.net.flat(segment.entry - done);
        let entry = Entry {
            side: Side::Long,
            size: 1.0,
            bar: segment.entry,
            decision_bar: segment.entry_decision,
            raw: prices[segment.entry],
            slippage: terms.slippage_rate(market.volatility.get(segment.entry_decision)),
        };
        if !ledger.open(&entry) {
            return false;
        }
        account.change(market, segment.entry, ledger.equity(market.close()[segment.entry]));
        let until = segment.exit.map_or(end, |(_, fill)| fill);
        account.hold(market, segment.entry + 1..until, &ledger);
        tape.exposed_bars += until - segment.entry;
        for tally in account.regimes.iter_mut() {
            tally.hold_position(segment.entry..until);
        }
        see_extremes(market, segment, next_open, end, &mut ledger);
        tape.sizes.push(1.0);
        match segment.exit {
            Some((decision_bar, bar)) => {
                let slippage = terms.slippage_rate(market.volatility.get(decision_bar));
                let exit = Exit { reason: ExitReason::Rule, bar, decision_bar, raw: prices[bar], slippage };
                tape.trades.push(ledger.close(&exit));
                if ledger.cash() <= 0.0 {
                    return false;
                }
                account.change(market, bar, ledger.cash());
                done = bar + 1;
            }
            None => {
                done = end;
                if terms.execution.close_at_end {
                    return false;
                }
                tape.trades.extend(ledger.mark(end - 1, market.close()[end - 1]));
            }
        }
    }
    account.net.flat(end - done);
    true
}

/// Shows the position the extremes it lived through: from the entry (its own bar only for a fill at the open) to the
/// bar before an exit at the open, whose open counts too, or to the bar of an exit at the close.
fn see_extremes(market: &Market, segment: &Segment, next_open: bool, end: usize, ledger: &mut Ledger<'_>) {
    let Some(position) = &mut ledger.position else { return };
    let first = if next_open { segment.entry } else { segment.entry + 1 };
    let stop = match segment.exit {
        Some((_, bar)) if next_open => bar,
        Some((_, bar)) => bar + 1,
        None => end,
    };
    if first < stop {
        position.see(market.ranges.highest(first..=stop - 1));
        position.see(market.ranges.lowest(first..=stop - 1));
    }
    if let (true, Some((_, bar))) = (next_open, segment.exit) {
        position.see(market.bars.open.values()[bar]);
    }
}

impl Account<'_, '_> {
    /// A bar at which the position changed.
    fn change(&mut self, market: &Market, bar: usize, equity: f64) {
        let r = self.net.bar(equity);
        self.sum_product += r * market.returns[bar];
        self.changes.push(r);
        for tally in self.regimes.iter_mut() {
            tally.bar(bar, r);
        }
    }

    /// Bars held from close to close.
    fn hold(&mut self, market: &Market, bars: std::ops::Range<usize>, ledger: &Ledger<'_>) {
        if bars.is_empty() {
            return;
        }
        self.net.held(market, bars.clone(), ledger.units(), ledger.cash());
        self.sum_product += market.sums.over(bars.clone()).squares;
        for tally in self.regimes.iter_mut() {
            tally.hold_returns(bars.clone());
        }
        set_range(self.held, bars);
    }
}

/// Sets a range of bits.
fn set_range(words: &mut [u64], bars: std::ops::Range<usize>) {
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

/// The same segments at their prices before slippage, without commission (rule 15).
pub fn gross(market: &Market, terms: &Terms, segments: &[Segment]) -> EquityFold {
    let mut fold = EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return());
    let next_open = terms.execution.fill == Fill::NextOpen;
    let prices = if next_open { market.bars.open.values() } else { market.close() };
    let end = market.window.end;
    let mut done = market.window.start;
    for segment in segments {
        fold.flat(segment.entry - done);
        let cash = fold.equity();
        let raw = prices[segment.entry];
        let units = cash / raw;
        let rest = cash - units * raw;
        fold.bar(rest + units * market.close()[segment.entry]);
        let until = segment.exit.map_or(end, |(_, fill)| fill);
        fold.held(market, segment.entry + 1..until, units, rest);
        done = until;
        if let Some((_, bar)) = segment.exit {
            fold.bar(rest + units * prices[bar]);
            done = bar + 1;
        }
    }
    fold.flat(end - done);
    fold
}

/// The `k` smallest net returns or more, unordered: candidates for the tail. Walks the market's presorted returns
/// against the mask of held bars; bars at which the position changed and flat bars are added.
pub fn tail_candidates(
    market: &Market,
    held: &[u64],
    changes: &[f64],
    flat_bars: usize,
    k: usize,
    candidates: &mut Vec<f64>,
) {
    candidates.clear();
    candidates.extend_from_slice(changes);
    candidates.resize(candidates.len() + flat_bars.min(k), 0.0);
    let mut taken = 0;
    for bar in &market.by_return {
        let bar = *bar as usize;
        let r = market.returns[bar];
        if taken == k || (r > 0.0 && flat_bars >= k) {
            break;
        }
        if held[bar / 64] >> (bar % 64) & 1 == 1 {
            candidates.push(r);
            taken += 1;
        }
    }
}

/// Words needed for a mask over all bars.
pub fn mask_words(market: &Market) -> usize {
    Bits::zeros(market.bars.len()).words().len()
}
