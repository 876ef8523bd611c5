//! Correlations between many series of equal length: the product of a matrix with itself, in blocks.
//!
//! A series is kept with mean 0 and length 1, so that a correlation is a sum of products. Series lie in panels of 24, bar
//! after bar: a block of two panels stays in the first cache, two panels in the second. Every sum runs over the bars in
//! order by fused multiply-add, which rounds once and the same on every processor: bits depend neither on the number of
//! threads nor on the width of vectors.

use crate::Workers;
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

/// Series side by side in a panel.
const PANEL: usize = 24;
/// Vectors of sums side by side; three of eight numbers are a panel.
const VECTORS: usize = 3;
/// Bars of a block: two blocks of 24 KiB fit the first cache.
const BLOCK: usize = 128;
/// Panels whose correlations with all later ones are one task.
const STRIPE: usize = 2;
/// Tasks per thread between two calls of the receiver: bounds memory, and keeps all threads busy to the end.
const TASKS: usize = 16;
/// What is left of the largest deviation when a series only moves by the rounding of its numbers.
const RESOLUTION: f64 = 1e-12;

/// Series of one length, made comparable.
#[derive(Clone, Debug)]
pub struct Profiles {
    bars: usize,
    series: usize,
    panels: Vec<f64>,
}

impl Profiles {
    /// No series yet; each will have so many bars. Room is made for `expected` of them.
    pub fn new(bars: usize, expected: usize) -> Self {
        Self { bars, series: 0, panels: Vec::with_capacity(bars * expected.div_ceil(PANEL) * PANEL) }
    }

    /// Adds a series. Returns false and leaves it out when it does not vary: its correlations are undefined.
    ///
    /// # Panics
    /// When it has not one finite number per bar.
    pub fn push(&mut self, series: &[f64]) -> bool {
        assert_eq!(series.len(), self.bars, "a series has one number per bar");
        let mean = series.iter().sum::<f64>() / self.bars as f64;
        let squares = series.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        let largest = series.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let length = squares.sqrt();
        assert!(length.is_finite(), "a series holds finite numbers");
        if length <= RESOLUTION * largest * (self.bars as f64).sqrt() {
            return false;
        }
        let place = self.series % PANEL;
        if place == 0 {
            self.panels.resize(self.panels.len() + self.bars * PANEL, 0.0);
        }
        let start = self.series / PANEL * self.bars * PANEL;
        for (bar, x) in series.iter().enumerate() {
            self.panels[start + bar * PANEL + place] = (x - mean) / length;
        }
        self.series += 1;
        true
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.series
    }

    /// True without any series.
    pub fn is_empty(&self) -> bool {
        self.series == 0
    }

    fn panel(&self, panel: usize) -> &[f64] {
        &self.panels[panel * self.bars * PANEL..(panel + 1) * self.bars * PANEL]
    }

    fn panels(&self) -> usize {
        self.series.div_ceil(PANEL)
    }
}

/// All correlations, between -1 and 1: `see` is given the index of a series and its correlations with the series after
/// it, for one series after the other.
pub fn correlations(workers: &Workers, profiles: &Profiles, mut see: impl FnMut(usize, &[f64])) {
    let stripes: Vec<usize> = (0..profiles.panels().div_ceil(STRIPE)).collect();
    let threads = workers.run(rayon::current_num_threads);
    for batch in stripes.chunks(TASKS * threads) {
        let found: Vec<Vec<f64>> =
            workers.run(|| batch.par_iter().map(|stripe| correlate(profiles, *stripe)).collect());
        for (stripe, found) in batch.iter().zip(&found) {
            let first = stripe * STRIPE * PANEL;
            let width = profiles.panels() * PANEL - first;
            for (row, found) in found.chunks_exact(width).enumerate().take(profiles.len() - first) {
                see(first + row, &found[row + 1..profiles.len() - first]);
            }
        }
    }
}

/// Correlations of the series of a stripe with all from its first on: a row per series.
fn correlate(profiles: &Profiles, stripe: usize) -> Vec<f64> {
    let arch = Arch::new();
    let first = stripe * STRIPE;
    let rows = first..(first + STRIPE).min(profiles.panels());
    let width = (profiles.panels() - first) * PANEL;
    let mut found = vec![0.0; rows.len() * PANEL * width];
    for column in first..profiles.panels() {
        for row in rows.clone() {
            let mut tile = [[0.0; PANEL]; PANEL];
            let (left, right) = (profiles.panel(row), profiles.panel(column));
            arch.dispatch(Product { left, right, tile: &mut tile });
            let at = (row - first) * PANEL;
            for (row, sums) in tile.iter().enumerate() {
                let start = (at + row) * width + (column - first) * PANEL;
                // Rounding may lift a sum of squares above 1.
                let bounded = sums.map(|sum| sum.clamp(-1.0, 1.0));
                found[start..start + PANEL].copy_from_slice(&bounded);
            }
        }
    }
    found
}

/// The products of two panels, compiled for the vectors that the processor has.
struct Product<'a> {
    left: &'a [f64],
    right: &'a [f64],
    tile: &'a mut [[f64; PANEL]; PANEL],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // As many sums at a time as the registers hold.
        if S::REGISTER_COUNT > 16 {
            multiply::<S, 4>(simd, self.left, self.right, self.tile);
        } else {
            multiply::<S, 3>(simd, self.left, self.right, self.tile);
        }
    }
}

/// Adds to the sums of a tile, for `ROWS` series of the left and `VECTORS` vectors of series of the right at a time.
#[inline(always)]
fn multiply<S: Simd, const ROWS: usize>(
    simd: S,
    left: &[f64],
    right: &[f64],
    tile: &mut [[f64; PANEL]; PANEL],
) {
    let width = VECTORS * S::F64_LANES;
    for (left, right) in left.chunks(BLOCK * PANEL).zip(right.chunks(BLOCK * PANEL)) {
        let (left, right) = (left.as_chunks::<PANEL>().0, right.as_chunks::<PANEL>().0);
        for (group, tile) in tile.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
            for first in (0..PANEL).step_by(width) {
                let mut sums: [[S::f64s; VECTORS]; ROWS] = std::array::from_fn(|row| {
                    let vectors = S::as_simd_f64s(&tile[row][first..first + width]).0;
                    std::array::from_fn(|at| vectors[at])
                });
                for (x, y) in left.iter().zip(right) {
                    let x = x.as_chunks::<ROWS>().0[group];
                    let y = S::as_simd_f64s(&y[first..first + width]).0;
                    let y: [S::f64s; VECTORS] = std::array::from_fn(|at| y[at]);
                    for (sums, x) in sums.iter_mut().zip(x) {
                        let x = simd.splat_f64s(x);
                        for (sum, y) in sums.iter_mut().zip(y) {
                            *sum = simd.mul_add_f64s(x, y, *sum);
                        }
                    }
                }
                for (sums, row) in sums.into_iter().zip(tile.iter_mut()) {
                    let vectors = S::as_mut_simd_f64s(&mut row[first..first + width]).0;
                    vectors.iter_mut().zip(sums).for_each(|(vector, sum)| *vector = sum);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
