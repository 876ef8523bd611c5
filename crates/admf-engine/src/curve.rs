//! What a strategy was worth and held at every evaluated close: net, gross and in units.
//!
//! A sweep keeps sums instead: curves are computed again for the few strategies that somebody looks at.

use crate::decisions::Decisions;
use crate::gross::GrossBook;
use crate::sweep::{Candidate, Sweep, Workers};
use crate::walk::{Tape, walk};
use crate::{Market, Terms};
use rayon::prelude::*;
use std::ops::Range;

/// One entry per evaluated bar, in the order of the market's window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Equity at the close after all costs, in the currency of the prices.
    pub net: Vec<f64>,
    /// Equity at the close of the same entries and exits without costs (rule 15).
    pub gross: Vec<f64>,
    /// Units held at the close, negative when short, 0 without a position.
    pub units: Vec<f64>,
}

/// Walks a strategy bar by bar and writes down its curve.
pub fn curve(market: &Market, decisions: &Decisions, terms: &Terms) -> Curve {
    let mut tape = Tape::default();
    walk(market, decisions, terms, &mut tape);
    let mut gross = Vec::with_capacity(market.window.len());
    gross_equity(market, terms, &tape, |equity| gross.push(equity));
    let mut units = vec![0.0; market.window.len()];
    for (trade, held) in tape.trades.iter().zip(held_closes(market, &tape)) {
        units[held.start - market.window.start..held.end - market.window.start].fill(trade.units);
    }
    Curve { net: tape.equity, gross, units }
}

/// The net equity of many strategies, in parallel over strategies: `each` is given the index of a candidate and its
/// equity at every evaluated close of its symbol, and what it makes of them is returned in the order of the
/// candidates. Curves are not kept, so that memory does not grow with the number of strategies.
pub fn equities<T: Send>(
    workers: &Workers,
    sweep: &Sweep<'_>,
    candidates: &[Candidate],
    each: impl Fn(usize, &[f64]) -> T + Sync,
) -> Vec<T> {
    workers.run(|| {
        candidates
            .par_iter()
            .enumerate()
            .map_init(Tape::default, |tape, (index, candidate)| {
                let symbol = &sweep.symbols[candidate.symbol];
                let decisions = symbol.decisions(sweep.graph, &candidate.rule);
                walk(&symbol.market, &decisions, &symbol.terms, tape);
                each(index, &tape.equity)
            })
            .collect()
    })
}

/// Ranges of closes in a position, one per trade.
pub(crate) fn held_closes<'a>(market: &'a Market, tape: &'a Tape) -> impl Iterator<Item = Range<usize>> + 'a {
    tape.trades.iter().map(|trade| match trade.reason {
        Some(_) => trade.entry_bar..trade.exit_bar,
        None => trade.entry_bar..market.window.end,
    })
}

/// Equity at every evaluated close of the same entries and exits on the same bars at their prices before slippage,
/// without commission (rule 15).
pub(crate) fn gross_equity(market: &Market, terms: &Terms, tape: &Tape, mut each: impl FnMut(f64)) {
    let mut book = GrossBook::new(terms);
    let mut trades = tape.trades.iter().zip(&tape.sizes).peekable();
    let mut inside = false;
    for bar in market.window.clone() {
        while let Some((trade, size)) = trades.peek() {
            if !inside && trade.entry_bar == bar {
                book.enter(trade.side, **size, trade.entry_raw);
                inside = true;
            } else if inside && trade.reason.is_some() && trade.exit_bar == bar {
                book.leave(trade.exit_raw);
                inside = false;
                trades.next();
            } else {
                break;
            }
        }
        each(book.equity(market.close()[bar]).max(0.0));
    }
}
