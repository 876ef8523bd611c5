//! One strategy on one symbol: decisions in, trades and performance out.

use crate::account::{Account, Buffers, Found};
use crate::curve::{gross_equity, held_closes};
use crate::decisions::{Decisions, Quantity};
use crate::evidence::EquityFold;
use crate::finder;
use crate::holding::Holding;
use crate::regime::{RegimeResult, RegimeTally, Regimes};
use crate::walk::{Tape, walk};
use crate::{Market, Terms};
use admf_model::{Performance, Trade, vectorized};
use admf_rules::TruthCache;
use admf_stats::{Evidence, MarketEvidence, Moments, Tail};

/// Which kernel evaluates a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// From change to change where that is exact, else bar by bar.
    Fastest,
    /// Bar by bar.
    BarByBar,
}

/// What an evaluation carries beside its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Trades.
    pub trades: bool,
    /// Signals.
    pub signals: bool,
}

impl Detail {
    /// Trades and signals.
    pub const ALL: Self = Self { trades: true, signals: true };
    /// Numbers only.
    pub const NONE: Self = Self { trades: false, signals: false };
}

/// Which metrics to compute; the others are undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// All.
    All,
    /// Those of net returns and of trades: not `gross_*` and `cost_impact`, `value_at_risk` and `expected_shortfall`,
    /// `beta`.
    Net,
}

/// How to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// By which kernel.
    pub path: Path,
    /// What to carry home.
    pub detail: Detail,
    /// What to compute.
    pub metrics: Metrics,
}

impl Mode {
    /// By this kernel, with all details.
    pub const fn full(path: Path) -> Self {
        Self { path, detail: Detail::ALL, metrics: Metrics::All }
    }
}

/// What a strategy did and earned.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// All metrics but the deflated Sharpe ratio, which needs the trials of the whole family.
    pub performance: Performance,
    /// Trades, the open one included.
    pub trade_count: usize,
    /// Trades in whose last bar stop and target both were.
    pub ambiguous_trades: usize,
    /// A position is open after the last bar.
    pub open_position: bool,
    /// Changes of the wanted position.
    pub signal_count: usize,
    /// Closed trades in order, then the open one, if any; empty unless asked for.
    pub trades: Vec<Trade>,
    /// Bars at whose close the wanted position changed, and the position wanted: -1, 0 or 1; empty unless asked for.
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
    holdings: Vec<Holding>,
    buffers: Buffers,
    worst: Vec<f64>,
    /// Comparisons of the columns that strategies have in common.
    pub(crate) truths: TruthCache,
}

impl Scratch {
    /// Equity at each evaluated close of the last strategy evaluated bar by bar.
    pub fn equity(&self) -> &[f64] {
        &self.tape.equity
    }
}

/// Evaluates one strategy on one symbol.
pub fn evaluate(
    market: &Market,
    decisions: &Decisions,
    regimes: &[Regimes],
    terms: &Terms,
    mode: Mode,
    scratch: &mut Scratch,
) -> Evaluation {
    let mut tallies: Vec<RegimeTally<'_>> = regimes.iter().map(RegimeTally::new).collect();
    let fast = mode.path == Path::Fastest && finder::is_exact(decisions);
    let sums = fast.then(|| by_holdings(market, decisions, terms, mode, &mut tallies, scratch)).flatten();
    let sums = sums.unwrap_or_else(|| {
        tallies = regimes.iter().map(RegimeTally::new).collect();
        bar_by_bar(market, decisions, terms, mode, &mut tallies, scratch)
    });
    let tape = &scratch.tape;
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
        gross: sums.gross.map(|gross| gross.evidence()).as_ref(),
        tail: sums.tail,
        trades: &tape.evidence,
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
        trade_count: tape.trade_count,
        ambiguous_trades: tape.ambiguous_trades,
        open_position: tape.open_position,
        signal_count: tape.signals.len(),
        trades: if mode.detail.trades { tape.trades.clone() } else { Vec::new() },
        signals: if mode.detail.signals { tape.signals.clone() } else { Vec::new() },
        conflicts: tape.conflicts,
        ruined: tape.ruined,
    }
}

fn by_holdings(
    market: &Market,
    decisions: &Decisions,
    terms: &Terms,
    mode: Mode,
    tallies: &mut [RegimeTally<'_>],
    scratch: &mut Scratch,
) -> Option<Found> {
    let Scratch { tape, holdings, buffers, .. } = scratch;
    finder::find(market, decisions, terms, holdings, tape);
    let all_in = decisions.short.is_none()
        && decisions.size == Quantity::Constant(1.0)
        && !terms.execution.whole_units;
    let size = |decision| decisions.size.fraction(decision);
    let detail = mode.detail;
    let found = vectorized(
        #[inline(always)]
        || match (all_in, mode.metrics) {
            (true, Metrics::Net) => Account::<true, true>::new(market, terms, detail, tallies, buffers)
                .apply(holdings, size, tape),
            (true, Metrics::All) => Account::<true, false>::new(market, terms, detail, tallies, buffers)
                .apply(holdings, size, tape),
            (false, Metrics::Net) => Account::<false, true>::new(market, terms, detail, tallies, buffers)
                .apply(holdings, size, tape),
            (false, Metrics::All) => Account::<false, false>::new(market, terms, detail, tallies, buffers)
                .apply(holdings, size, tape),
        },
    );
    found.ok()
}

fn bar_by_bar(
    market: &Market,
    decisions: &Decisions,
    terms: &Terms,
    mode: Mode,
    tallies: &mut [RegimeTally<'_>],
    scratch: &mut Scratch,
) -> Found {
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
    if mode.metrics == Metrics::Net {
        return Found::of_net(net);
    }
    let mut gross = EquityFold::new(terms.capital(), terms.minimum_acceptable_bar_return());
    gross_equity(market, terms, tape, |equity| {
        gross.bar(equity);
    });
    Found { net, gross: Some(gross), tail: Tail::from_returns(worst), sum_product: Some(sum_product) }
}
