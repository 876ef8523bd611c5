//! One strategy on one symbol: decisions in, trades and performance out.

use crate::curve::{gross_equity, held_closes};
use crate::decisions::Decisions;
use crate::evidence::EquityFold;
use crate::regime::{RegimeResult, RegimeTally, Regimes};
use crate::segments::{self, Account, Segment};
use crate::walk::{Tape, walk};
use crate::{Market, Terms};
use admf_model::{Performance, Trade};
use admf_stats::{Evidence, MarketEvidence, Moments, Tail, TradeEvidence, tail_count};

/// Which kernel evaluates a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// The segment kernel where it is exact, else bar by bar.
    Fastest,
    /// Bar by bar.
    BarByBar,
}

/// Everything that a strategy did and earned.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// All metrics but the deflated Sharpe ratio, which needs the trials of the whole family.
    pub performance: Performance,
    /// Closed trades in order, then the open one, if any.
    pub trades: Vec<Trade>,
    /// Bars at whose close the wanted position changed, and the position wanted: -1, 0 or 1.
    pub signals: Vec<(usize, i8)>,
    /// For each classifier the results by label.
    pub regimes: Vec<Vec<RegimeResult>>,
    /// For each classifier the label under which most bars were held.
    pub dominant: Vec<Option<u8>>,
    /// Bars at which long and short were both true.
    pub conflicts: usize,
    /// Equity reached zero.
    pub ruined: bool,
}

/// Memory that is used again for every strategy a thread evaluates.
#[derive(Debug, Default)]
pub struct Scratch {
    tape: Tape,
    segments: Vec<Segment>,
    changes: Vec<f64>,
    held: Vec<u64>,
    worst: Vec<f64>,
}

impl Scratch {
    /// Equity at each evaluated close of the last strategy evaluated bar by bar.
    pub fn equity(&self) -> &[f64] {
        &self.tape.equity
    }
}

/// The sums from which metrics are computed, whichever kernel made them.
struct Sums {
    net: EquityFold,
    gross: EquityFold,
    tail: Tail,
    sum_product: f64,
}

/// Evaluates one strategy on one symbol.
pub fn evaluate(
    market: &Market,
    decisions: &Decisions,
    regimes: &[Regimes],
    terms: &Terms,
    path: Path,
    scratch: &mut Scratch,
) -> Evaluation {
    let mut tallies: Vec<RegimeTally<'_>> = regimes.iter().map(RegimeTally::new).collect();
    let fast = path == Path::Fastest && segments::is_exact(decisions, terms);
    let sums = fast.then(|| by_segments(market, decisions, terms, &mut tallies, scratch)).flatten();
    let sums = sums.unwrap_or_else(|| {
        tallies = regimes.iter().map(RegimeTally::new).collect();
        bar_by_bar(market, decisions, terms, &mut tallies, scratch)
    });
    let tape = &scratch.tape;
    let mut trades = TradeEvidence::default();
    tape.trades.iter().for_each(|t| trades.push(t));
    let whole = market.sums.over(market.window.clone());
    let market_moments = Moments {
        count: market.window.len() as u64,
        sum: whole.returns,
        sum_squares: whole.squares,
        sum_cubes: whole.cubes,
        sum_fourths: whole.fourths,
    };
    let performance = admf_stats::performance(&Evidence {
        net: &sums.net.evidence(),
        gross: &sums.gross.evidence(),
        tail: sums.tail,
        trades: &trades,
        market: &MarketEvidence {
            sum_product: sums.sum_product,
            moments: market_moments,
            average_volatility: market.average_volatility,
        },
        exposed_bars: tape.exposed_bars as u64,
        sum_equity: sums.net.sum_equity(),
        bars_per_year: terms.bars_per_year,
        risk_free: terms.execution.risk_free,
        minimum_acceptable_return: terms.execution.minimum_acceptable_return,
    });
    Evaluation {
        performance,
        regimes: tallies.iter().map(|t| t.results(&tape.trades, terms)).collect(),
        dominant: tallies.iter().map(RegimeTally::dominant).collect(),
        trades: tape.trades.clone(),
        signals: tape.signals.clone(),
        conflicts: tape.conflicts,
        ruined: tape.ruined,
    }
}

fn by_segments(
    market: &Market,
    decisions: &Decisions,
    terms: &Terms,
    tallies: &mut [RegimeTally<'_>],
    scratch: &mut Scratch,
) -> Option<Sums> {
    let Scratch { tape, segments, changes, held, worst } = scratch;
    segments::find(market, decisions, terms.execution.fill, segments, tape);
    changes.clear();
    held.clear();
    held.resize(segments::mask_words(market), 0);
    let mut account = Account {
        net: EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return()),
        sum_product: 0.0,
        regimes: tallies,
        changes,
        held,
    };
    if !segments::apply(market, terms, segments, &mut account, tape) {
        return None;
    }
    let Account { net, sum_product, .. } = account;
    let held_bars: u64 = held.iter().map(|w| u64::from(w.count_ones())).sum();
    let flat = market.window.len() - changes.len() - held_bars as usize;
    let k = tail_count(market.window.len());
    segments::tail_candidates(market, held, changes, flat, k, worst);
    let tail = Tail::from_candidates(worst, k);
    Some(Sums { gross: segments::gross(market, terms, segments), net, tail, sum_product })
}

fn bar_by_bar(
    market: &Market,
    decisions: &Decisions,
    terms: &Terms,
    tallies: &mut [RegimeTally<'_>],
    scratch: &mut Scratch,
) -> Sums {
    let Scratch { tape, worst, .. } = scratch;
    walk(market, decisions, terms, tape);
    let mut net = EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return());
    let mut sum_product = 0.0;
    worst.clear();
    for (bar, equity) in market.window.clone().zip(&tape.equity) {
        let r = net.bar(*equity);
        sum_product += r * market.returns[bar];
        worst.push(r);
        if r != 0.0 {
            tallies.iter_mut().for_each(|t| t.bar(bar, r));
        }
    }
    let held = held_closes(market, tape);
    for range in held {
        tallies.iter_mut().for_each(|t| t.hold_position(range.clone()));
    }
    let tail = Tail::from_returns(worst);
    let mut gross = EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return());
    gross_equity(market, terms, tape, |equity| {
        gross.bar(equity);
    });
    Sums { net, gross, tail, sum_product }
}
