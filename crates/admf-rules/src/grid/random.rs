//! Random numbers for drawing from a grid: SplitMix64, whose stream is specified and the same everywhere.

/// The state is a counter, the numbers are its mixed bits.
///
/// Reference: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; the constants are
/// those of `java.util.SplittableRandom`.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, each equally likely: numbers of as many bits are drawn until one is below.
    pub(super) fn below(&mut self, bound: u128) -> u128 {
        debug_assert!(bound > 0, "there is a number to draw");
        let bits = 128 - (bound - 1).leading_zeros();
        loop {
            let drawn = match bits {
                0 => 0,
                1..=64 => u128::from(self.next() >> (64 - bits)),
                _ => (u128::from(self.next() >> (128 - bits)) << 64) | u128::from(self.next()),
            };
            if drawn < bound {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests;
