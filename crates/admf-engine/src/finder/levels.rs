//! Where stops and targets are hit: blocks of bars first, bars only where a block comes near a level.

use super::Finder;
use crate::market::{BLOCK, BarBlock, Market};
use crate::protection::{Hit, Levels, Protection};
use crate::range::{higher, lower};
use admf_model::Side;
use std::ops::Range;

impl Finder<'_> {
    /// The first of some bars that hits a level.
    pub(super) fn first_hit(
        &self,
        side: Side,
        entry: usize,
        price: f64,
        guard: &mut Protection,
        bars: Range<usize>,
    ) -> Option<(usize, Hit)> {
        if guard.is_none() {
            return None;
        }
        let mut from = bars.start;
        // A bar whose open was the entry fill was not carried into.
        if from == entry && from < bars.end {
            let prices = self.market.prices(from);
            if let Some(hit) = guard.levels(side, price).hit(side, prices, false) {
                return Some((from, hit));
            }
            guard.see(side, prices);
            from += 1;
        }
        let bar = match guard.trail {
            Some(trail) => self.first_past_trail(side, guard, trail, price, from..bars.end),
            None => self.first_outside(side, &guard.levels(side, price), from..bars.end),
        }?;
        guard.levels(side, price).hit(side, self.market.prices(bar), true).map(|hit| (bar, hit))
    }

    /// The first bar that touches the trailing stop, or another level; the guard has seen those before it.
    fn first_past_trail(
        &self,
        side: Side,
        guard: &mut Protection,
        trail: f64,
        price: f64,
        bars: Range<usize>,
    ) -> Option<usize> {
        let (floor, roof) = (&self.market.floor, &self.market.roof);
        let fixed = Protection { trail: None, ..*guard }.levels(side, price);
        let mut best = guard.best;
        let found = match side {
            Side::Long => {
                let highs = self.market.bars.high.values();
                let (stop, target) =
                    (fixed.stop.unwrap_or(f64::NEG_INFINITY), fixed.target.unwrap_or(f64::INFINITY));
                let level = |best: f64| higher(best - trail, stop);
                first(
                    bars,
                    &mut best,
                    |best, bar| {
                        let hit = floor[bar] <= level(*best) || roof[bar] >= target;
                        *best = if hit { *best } else { higher(highs[bar], *best) };
                        hit
                    },
                    |best, block| {
                        // With the best price of the whole block the level is nowhere closer.
                        let after = higher(self.market.blocks[block].high, *best);
                        let BarBlock { floor, roof, .. } = self.market.blocks[block];
                        let passes = floor > level(after) && roof < target;
                        *best = if passes { after } else { *best };
                        passes
                    },
                )
            }
            Side::Short => {
                let lows = self.market.bars.low.values();
                let (stop, target) =
                    (fixed.stop.unwrap_or(f64::INFINITY), fixed.target.unwrap_or(f64::NEG_INFINITY));
                let level = |best: f64| lower(best + trail, stop);
                first(
                    bars,
                    &mut best,
                    |best, bar| {
                        let hit = roof[bar] >= level(*best) || floor[bar] <= target;
                        *best = if hit { *best } else { lower(lows[bar], *best) };
                        hit
                    },
                    |best, block| {
                        let after = lower(self.market.blocks[block].low, *best);
                        let BarBlock { floor, roof, .. } = self.market.blocks[block];
                        let passes = roof < level(after) && floor > target;
                        *best = if passes { after } else { *best };
                        passes
                    },
                )
            }
        };
        guard.best = best;
        found
    }

    /// The first bar that leaves the band between stop and target, or touches it.
    fn first_outside(&self, side: Side, levels: &Levels, bars: Range<usize>) -> Option<usize> {
        let (below, above) = match side {
            Side::Long => (levels.stop, levels.target),
            Side::Short => (levels.target, levels.stop),
        };
        let (below, above) = (below.unwrap_or(f64::NEG_INFINITY), above.unwrap_or(f64::INFINITY));
        let Market { floor, roof, blocks, .. } = self.market;
        let is_outside = |floor: f64, roof: f64| floor <= below || roof >= above;
        first(
            bars,
            &mut (),
            |(), bar| is_outside(floor[bar], roof[bar]),
            |(), block| !is_outside(blocks[block].floor, blocks[block].roof),
        )
    }
}

/// The first of some bars that is hit. Whole blocks that pass are not looked into.
#[inline(always)]
fn first<S>(
    bars: Range<usize>,
    state: &mut S,
    is_hit: impl Fn(&mut S, usize) -> bool,
    passes: impl Fn(&mut S, usize) -> bool,
) -> Option<usize> {
    let mut bar = bars.start;
    while bar < bars.end {
        if bar.is_multiple_of(BLOCK) && bar + BLOCK <= bars.end && passes(state, bar / BLOCK) {
            bar += BLOCK;
            continue;
        }
        let until = ((bar / BLOCK + 1) * BLOCK).min(bars.end);
        while bar < until {
            if is_hit(state, bar) {
                return Some(bar);
            }
            bar += 1;
        }
    }
    None
}
