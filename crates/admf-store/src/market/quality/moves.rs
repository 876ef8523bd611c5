//! How prices move from bar to bar, and how much of that is usual.

use crate::market::error::MarketError;
use crate::market::symbols::{Head, Symbols};
use admf_model::{Bars, Interval, Series, Timestamp};
use std::ops::Range;

/// Moves that a scale is measured on; more are sampled evenly.
const SAMPLE: usize = 100_000;
/// Makes the median of absolute moves an estimate of their standard deviation, if they are normal.
const MEDIAN_TO_DEVIATION: f64 = 1.4826;
/// Usual moves are those below this many deviations.
const SIGMAS: f64 = 10.0;
/// The same for a move that the next bar takes back.
const SPIKE_SIGMAS: f64 = 6.0;

/// … and this many deviations of the moves around it.
const LOCAL_SIGMAS: f64 = 4.0;

/// Moves of bars. Moves of prices are fractions, up or down alike: 1 is doubled or halved. Moves of series that are not
/// positive are differences.
pub(super) struct Moves {
    raw: Vec<f64>,
    /// Of adjusted closes, where they are.
    adjusted: Option<Vec<f64>>,
    paused: Vec<bool>,
    usual: Usual,
}

/// How far the closes of a symbol usually move.
#[derive(Clone, Copy)]
pub(super) struct Usual {
    /// Deviation of moves within a session, and of those over a pause.
    scale: [f64; 2],
    floors: Floors,
}

/// The deviation of the ten moves before a bar and the ten after the next one: in a crisis prices go far and come back.
fn local_deviation(moves: &[f64], bar: usize) -> f64 {
    let before = moves[bar.saturating_sub(10)..bar].iter();
    let after = moves.iter().skip(bar + 2).take(10);
    let mut near: Vec<f64> = before.chain(after).map(|size| size.abs()).collect();
    let middle = near.len() / 2;
    if near.is_empty() {
        return 0.0;
    }
    let (_, median, _) = near.select_nth_unstable_by(middle, f64::total_cmp);
    MEDIAN_TO_DEVIATION * *median
}

/// Moves below these are never notable.
#[derive(Clone, Copy)]
struct Floors {
    jump: f64,
    spike: f64,
}

impl Usual {
    /// Of all bars of a symbol; also their moves, where all bars are in one window.
    pub(super) fn of(
        symbols: &Symbols,
        symbol: usize,
        head: &Head<'_>,
        interval: Interval,
    ) -> Result<(Self, Option<Moves>), MarketError> {
        let floors = match (head.positive, !interval.is_daily_or_longer()) {
            (false, _) => Floors { jump: 0.0, spike: 0.0 },
            (true, false) => Floors { jump: 0.1, spike: 0.05 },
            (true, true) => Floors { jump: 0.03, spike: 0.01 },
        };
        let none = Self { scale: [f64::INFINITY; 2], floors };
        let (mut counts, mut all) = ([0_usize; 2], None);
        symbols.windows(symbol, &mut |window| {
            let moves = Moves::of(window.bars, head, interval, none);
            moves.sizes(window.core.clone()).for_each(|(pause, _)| counts[pause] += 1);
            all = (window.core.len() == head.times.len()).then_some(moves);
        })?;
        let mut sample = Sample::new(counts);
        match &all {
            Some(moves) => sample.see(moves.sizes(0..head.times.len())),
            None => symbols.windows(symbol, &mut |window| {
                sample.see(Moves::of(window.bars, head, interval, none).sizes(window.core));
            })?,
        }
        let usual = Self { scale: sample.deviations(counts), floors };
        Ok((usual, all.map(|moves| Moves { usual, ..moves })))
    }
}

/// Some of the moves within a session, and of those over a pause, evenly far apart.
struct Sample {
    steps: [usize; 2],
    seen: [usize; 2],
    sizes: [Vec<f64>; 2],
}

impl Sample {
    /// Of so many moves.
    fn new(counts: [usize; 2]) -> Self {
        let steps = counts.map(|count| count.div_ceil(SAMPLE).max(1));
        Self { steps, seen: [0; 2], sizes: [Vec::new(), Vec::new()] }
    }

    fn see(&mut self, sizes: impl Iterator<Item = (usize, f64)>) {
        for (pause, size) in sizes {
            if self.seen[pause].is_multiple_of(self.steps[pause]) {
                self.sizes[pause].push(size);
            }
            self.seen[pause] += 1;
        }
    }

    fn deviations(self, counts: [usize; 2]) -> [f64; 2] {
        let [within, over] = self.sizes;
        [deviation(counts[0], within), deviation(counts[1], over)]
    }
}

impl Moves {
    pub(super) fn of(bars: &Bars, head: &Head<'_>, interval: Interval, usual: Usual) -> Self {
        let raw =
            if head.positive { fractions(bars.close.values()) } else { differences(bars.close.values()) };
        let adjusted = bars.adjustment.as_ref().filter(|_| head.positive).map(|factor| {
            let closes: Vec<f64> =
                bars.close.values().iter().zip(factor.values()).map(|(c, f)| c * f).collect();
            fractions(&closes)
        });
        let short = !interval.is_daily_or_longer();
        let long_gap = |pair: &[Timestamp]| pair[1].micros() - pair[0].micros() > interval.micros();
        let pauses = bars.timestamps().windows(2).map(|pair| short && long_gap(pair));
        let paused: Vec<bool> = std::iter::once(false).chain(pauses).collect();
        Self { raw, adjusted, paused, usual }
    }

    /// Sizes of the moves into some bars, and whether each is over a pause; of the adjusted closes, where they are.
    fn sizes(&self, core: Range<usize>) -> impl Iterator<Item = (usize, f64)> {
        let judged = &self.adjusted.as_ref().unwrap_or(&self.raw)[core.clone()];
        let sizes = judged.iter().zip(&self.paused[core]);
        sizes.map(|(size, paused)| (usize::from(*paused), size.abs())).filter(|(_, size)| *size > 0.0)
    }

    /// The move of the close into a bar.
    pub(super) fn raw(&self, bar: usize) -> f64 {
        self.raw[bar]
    }

    /// The move of the adjusted close into a bar.
    pub(super) fn adjusted(&self, bar: usize) -> Option<f64> {
        self.adjusted.as_ref().map(|moves| moves[bar])
    }

    /// The deviation that a move into a bar is measured by.
    pub(super) fn scale(&self, bar: usize) -> f64 {
        self.usual.scale[usize::from(self.paused[bar])]
    }

    /// True when the close or the adjusted close moves unusually.
    pub(super) fn is_notable(&self, bar: usize) -> bool {
        let moves = [Some(&self.raw), self.adjusted.as_ref()];
        moves.into_iter().flatten().any(|moves| self.is_jump(moves, bar) || self.is_spike(moves, bar))
    }

    /// True when a move is far beyond the usual ones.
    pub(super) fn is_extreme(&self, size: f64, bar: usize) -> bool {
        size.abs() > (SIGMAS * self.scale(bar)).max(self.usual.floors.jump)
    }

    /// True when the judged close jumps and the next bar takes it back.
    pub(super) fn comes_back(&self, bar: usize) -> bool {
        self.is_spike(self.adjusted.as_ref().unwrap_or(&self.raw), bar)
    }

    fn is_jump(&self, moves: &[f64], bar: usize) -> bool {
        self.is_extreme(moves[bar], bar)
    }

    fn is_spike(&self, moves: &[f64], bar: usize) -> bool {
        let size = moves[bar];
        let Some(next) = moves.get(bar + 1) else { return false };
        let back = size * next < 0.0 && (size + next).abs() < size.abs() / 4.0;
        back && size.abs() > (SPIKE_SIGMAS * self.scale(bar)).max(self.usual.floors.spike)
            && size.abs() > LOCAL_SIGMAS * local_deviation(moves, bar)
    }
}

/// `b / a - 1` upwards and `1 - a / b` downwards, so that doubling and halving are 1 and -1.
pub(super) fn fraction(a: f64, b: f64) -> f64 {
    if b >= a { b / a - 1.0 } else { 1.0 - a / b }
}

fn fractions(values: &[f64]) -> Vec<f64> {
    let moves = values.windows(2).map(|pair| fraction(pair[0], pair[1]));
    std::iter::once(0.0).chain(moves).collect()
}

fn differences(values: &[f64]) -> Vec<f64> {
    std::iter::once(0.0).chain(values.windows(2).map(|pair| pair[1] - pair[0])).collect()
}

/// A standard deviation that jumps do not change, of a sample of so many moves; infinite, so that nothing is unusual,
/// where too little moves.
fn deviation(moves: usize, mut sample: Vec<f64>) -> f64 {
    const FEWEST: usize = 20;
    if moves < FEWEST {
        return f64::INFINITY;
    }
    let middle = sample.len() / 2;
    let (_, median, _) = sample.select_nth_unstable_by(middle, f64::total_cmp);
    MEDIAN_TO_DEVIATION * *median
}

/// A bar's volume as a multiple of the median of the twenty before it.
pub(super) fn volume_multiple(volume: &Series, bar: usize) -> Option<f64> {
    let mut before: Vec<f64> = (bar.saturating_sub(20)..bar).filter_map(|b| volume.get(b)).collect();
    if before.len() < 5 {
        return None;
    }
    let middle = before.len() / 2;
    let (_, median, _) = before.select_nth_unstable_by(middle, f64::total_cmp);
    (*median > 0.0).then_some(volume.get(bar)? / *median)
}

/// A price ratio as percent: `fell 51.9 %`.
pub(super) fn in_words(before: f64, after: f64) -> String {
    let change = (after / before - 1.0) * 100.0;
    if change < 0.0 { format!("fell {:.1} %", -change) } else { format!("rose {change:.1} %") }
}
