//! Positions that depend on the decision columns alone, 64 bars at a time: each side is a latch that its entries set and
//! its exits reset, and an addition carries its state through a word.

use super::{Finder, entries};
use crate::decisions::Quantity;
use crate::holding::{Holding, index};
use admf_model::{ExitReason, Side};

impl Finder<'_> {
    /// True when neither prices nor time end a position, every entry can be sized, and no side is entered while the
    /// other one stays.
    pub(super) fn can_latch(&self) -> bool {
        let decisions = self.decisions;
        let sized = matches!(decisions.size, Quantity::Constant(size) if size > 0.0);
        let both_sides = self.rules.iter().all(Option::is_some);
        sized
            && decisions.is_path_free()
            && !(both_sides && self.words().any(|word| self.stays_when_entered(word)))
    }

    fn words(&self) -> std::ops::Range<usize> {
        self.market.window.start / 64..self.end.div_ceil(64)
    }

    /// A level that is undefined keeps its position though the other side is entered: latches would then hold both.
    fn stays_when_entered(&self, word: usize) -> bool {
        let stays = |side: usize| match (self.rules[side], self.rules[1 - side]) {
            (Some(own), Some(_)) if own.exit.is_none() => {
                let undefined = !(own.entry.yes.word(word) | own.entry.no.word(word));
                undefined & entries(self.rules, 1 - side, word) & self.inside(word) != 0
            }
            _ => false,
        };
        stays(0) || stays(1)
    }

    /// The bars of a word that are evaluated.
    #[inline(always)]
    fn inside(&self, word: usize) -> u64 {
        let (first, after) = (self.market.window.start, self.end);
        let from = if first > word * 64 { u64::MAX << (first - word * 64) } else { u64::MAX };
        let until = if after < (word + 1) * 64 { !(u64::MAX << (after - word * 64)) } else { u64::MAX };
        from & until
    }

    /// Finds all holdings; call it only where [`Finder::can_latch`].
    pub(super) fn latch(&mut self) {
        let mut before = [0_u64; 2];
        let mut open = false;
        for word in self.words() {
            let inside = self.inside(word);
            let latch = |side: usize| {
                let set = entries(self.rules, side, word) & inside;
                latched(set, self.resets(side, word) & inside, before[side])
            };
            let held = [latch(0), latch(1)];
            let changed = |side: usize| held[side] ^ (held[side] << 1 | before[side]);
            let mut changes = changed(0) | changed(1);
            while changes != 0 {
                let bit = changes.trailing_zeros();
                changes &= changes - 1;
                let holds = |side: Side| (held[index(side)] >> bit & 1 == 1).then_some(side);
                let target = holds(Side::Long).or_else(|| holds(Side::Short));
                let decision = word * 64 + bit as usize;
                self.tape.change(decision, target);
                let bar = decision + usize::from(self.next_open);
                if bar >= self.end {
                    // Nothing fills what the last close decides.
                    self.keep_last(open);
                    return;
                }
                let exit = self.leaving(ExitReason::Rule, decision, bar);
                if let Some(holding) = self.holdings.last_mut().filter(|_| open) {
                    holding.exit = Some(exit);
                }
                open = target.is_some();
                let entered = |side| Holding {
                    side,
                    entry_decision: decision,
                    entry: bar,
                    exit: None,
                    ambiguous: false,
                };
                self.holdings.extend(target.map(entered));
            }
            before = [held[0] >> 63, held[1] >> 63];
        }
        self.keep_last(open);
    }

    /// The last holding, if it is open, outlasts the data.
    fn keep_last(&mut self, open: bool) {
        if let Some(holding) = self.holdings.pop_if(|_| open) {
            self.keep(holding);
        }
    }

    /// The bars of a word at which a side is left: by its rule, or because the other side is entered.
    #[inline(always)]
    fn resets(&self, side: usize, word: usize) -> u64 {
        let Some(rule) = self.rules[side] else { return 0 };
        let other = if rule.exit.is_some() { entries(self.rules, 1 - side, word) } else { 0 };
        rule.leaves(word) | other
    }
}

/// What a latch holds after each bar, given what sets and what resets it (nowhere both) and whether it was held before
/// the word. In a sum of `set` and of `set` with all that does not reset, a carry is made where it is set, passed on
/// where nothing happens and lost where it is reset: the carry out of a bar is what is held after it.
#[inline(always)]
fn latched(set: u64, reset: u64, before: u64) -> u64 {
    let kept = !reset;
    let (sum, over) = kept.overflowing_add(set);
    let (sum, over_again) = sum.overflowing_add(before);
    let into = sum ^ kept ^ set;
    into >> 1 | u64::from(over | over_again) << 63
}

#[cfg(test)]
mod tests {
    use super::latched;

    #[test]
    fn a_latch_is_what_its_bits_say_one_after_the_other() {
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        };
        for round in 0..1_000 {
            // Rare and frequent changes.
            let (a, b) = (random(), random());
            let (set, reset) =
                if round % 2 == 0 { (a, b & !a) } else { (a & b & random(), a & !b & random()) };
            for before in [0, 1] {
                let (mut held, mut expected) = (before == 1, 0);
                for bar in 0..64 {
                    held = set >> bar & 1 == 1 || held && reset >> bar & 1 == 0;
                    expected |= u64::from(held) << bar;
                }
                assert_eq!(latched(set, reset, before), expected, "{set:x} {reset:x} {before}");
            }
        }
    }
}
