//! Performance by regime: the return of a bar belongs to the label known at the close before it (rule 21).

use crate::prefix::Compensated;
use crate::{Market, Terms};
use admf_model::{Labels, Role, Trade, TradeStatus};
use admf_stats::Moments;
use std::ops::Range;

/// Sums over the bars of one label.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct LabelSums {
    returns: f64,
    squares: f64,
    logs: f64,
    /// Closes under the label itself.
    closes: f64,
}

/// One classifier's labels on one symbol, with prefix sums of the market's returns by label.
#[derive(Debug)]
pub struct Regimes {
    labels: Labels,
    window: Range<usize>,
    /// Row per bar boundary, column per label: sums of returns, squares, logs and closes.
    prefix: Vec<[Compensated; 4]>,
    /// Evaluated bars whose return belongs to each label.
    bars: Vec<u64>,
}

impl Regimes {
    /// Prepares a classifier's labels for a market.
    pub fn new(labels: Labels, market: &Market) -> Self {
        let width = labels.role().labels().len();
        let mut running = vec![[Compensated::default(); 4]; width];
        let mut prefix = running.clone();
        for (bar, r) in market.returns.iter().enumerate() {
            if let Some(code) = bar.checked_sub(1).and_then(|before| labels.get(before)) {
                let sums = &mut running[usize::from(code)];
                sums[0].add(*r);
                sums[1].add(r * r);
                sums[2].add(libm::log1p(*r));
            }
            if let Some(code) = labels.get(bar) {
                running[usize::from(code)][3].add(1.0);
            }
            prefix.extend_from_slice(&running);
        }
        let mut bars = vec![0; width];
        for bar in market.window.clone() {
            if let Some(code) = bar.checked_sub(1).and_then(|before| labels.get(before)) {
                bars[usize::from(code)] += 1;
            }
        }
        Self { labels, window: market.window.clone(), prefix, bars }
    }

    /// The labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// What the labels describe.
    pub fn role(&self) -> Role {
        self.labels.role()
    }

    fn width(&self) -> usize {
        self.bars.len()
    }

    fn row(&self, bar: usize) -> &[[Compensated; 4]] {
        &self.prefix[bar * self.width()..(bar + 1) * self.width()]
    }

    /// The most frequent label over the evaluated bars.
    fn most_frequent(&self) -> Option<u8> {
        let (a, b) = (self.row(self.window.start), self.row(self.window.end));
        most(a.iter().zip(b).map(|(a, b)| b[3].since(a[3])))
    }
}

/// The label with the largest count, the first of equals; `None` when all are zero.
fn most(counts: impl Iterator<Item = f64>) -> Option<u8> {
    let best = counts.enumerate().fold(None, |best: Option<(usize, f64)>, (code, count)| match best {
        Some((_, most)) if most >= count => best,
        _ => (count > 0.0).then_some((code, count)),
    });
    best.and_then(|(code, _)| u8::try_from(code).ok())
}

/// One strategy's returns by label, being added up.
#[derive(Debug)]
pub struct RegimeTally<'a> {
    regimes: &'a Regimes,
    sums: Vec<LabelSums>,
}

/// One strategy's performance under one label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegimeResult {
    /// The label's code in the role's vocabulary.
    pub label: u8,
    /// Evaluated bars whose return belongs to the label.
    pub bars: u64,
    /// Annualised Sharpe ratio of those bars' net returns.
    pub sharpe_ratio: Option<f64>,
    /// Their compounded return.
    pub total_return: f64,
    /// Share of trades entered under the label that won.
    pub win_rate: Option<f64>,
    /// Closed trades entered under the label.
    pub trade_count: u64,
    /// Mean bars from entry to exit of those trades.
    pub avg_duration: Option<f64>,
    /// Mean return over its standard error: a Sharpe ratio that weighs how many bars stand behind it.
    pub regime_aware_score: Option<f64>,
}

impl<'a> RegimeTally<'a> {
    /// Nothing counted yet.
    pub fn new(regimes: &'a Regimes) -> Self {
        Self { regimes, sums: vec![LabelSums::default(); regimes.width()] }
    }

    /// One bar's return.
    #[inline]
    pub fn bar(&mut self, bar: usize, r: f64) {
        if let Some(code) = bar.checked_sub(1).and_then(|before| self.regimes.labels.get(before)) {
            let sums = &mut self.sums[usize::from(code)];
            sums.returns += r;
            sums.squares += r * r;
            sums.logs += libm::log1p(r);
        }
    }

    /// Bars held from close to close, whose returns are the market's.
    pub fn hold_returns(&mut self, bars: Range<usize>) {
        let (a, b) = (self.regimes.row(bars.start), self.regimes.row(bars.end));
        for ((sums, a), b) in self.sums.iter_mut().zip(a).zip(b) {
            sums.returns += b[0].since(a[0]);
            sums.squares += b[1].since(a[1]);
            sums.logs += b[2].since(a[2]);
        }
    }

    /// Closes in a position.
    pub fn hold_position(&mut self, bars: Range<usize>) {
        let (a, b) = (self.regimes.row(bars.start), self.regimes.row(bars.end));
        for ((sums, a), b) in self.sums.iter_mut().zip(a).zip(b) {
            sums.closes += b[3].since(a[3]);
        }
    }

    /// The label under which the strategy held positions for most bars, or that of most evaluated bars if it never
    /// did (rule 22).
    pub fn dominant(&self) -> Option<u8> {
        most(self.sums.iter().map(|s| s.closes)).or_else(|| self.regimes.most_frequent())
    }

    /// One result per label that occurs in the evaluated bars.
    pub fn results(&self, trades: &[Trade], terms: &Terms) -> Vec<RegimeResult> {
        let labels = &self.regimes.labels;
        (0..self.regimes.width())
            .filter(|code| self.regimes.bars[*code] > 0)
            .map(|code| {
                let label = code as u8;
                let sums = &self.sums[code];
                let bars = self.regimes.bars[code];
                let moments = Moments {
                    count: bars,
                    sum: sums.returns,
                    sum_squares: sums.squares,
                    ..Moments::default()
                };
                let closed = || {
                    trades.iter().filter(|t| {
                        t.status == TradeStatus::Closed && labels.get(t.entry_decision_bar) == Some(label)
                    })
                };
                let count = closed().count();
                let share = |n: f64| (count > 0).then(|| n / count as f64);
                let per_bar = admf_stats::metric::sharpe_per_bar(&moments, &terms.basis());
                RegimeResult {
                    label,
                    bars,
                    sharpe_ratio: per_bar.map(|s| s * libm::sqrt(terms.bars_per_year)),
                    total_return: libm::expm1(sums.logs),
                    win_rate: share(closed().filter(|t| t.pnl > 0.0).count() as f64),
                    trade_count: count as u64,
                    avg_duration: share(closed().map(|t| t.duration_bars() as f64).sum()),
                    regime_aware_score: per_bar.map(|s| s * libm::sqrt(bars as f64)),
                }
            })
            .collect()
    }
}
