//! A random subset of a grid: without replacement, every subset of admitted combinations equally likely.
//!
//! Combinations have numbers, from 0 in grid order. Numbers are drawn and kept if their combination is admitted and
//! not there yet, so that a grid far larger than memory costs no more than a small one. Where conditions admit too few
//! for that, a grid that can be walked is walked, and the subset is drawn from what was found.

use super::random::Random;
use super::{Grid, MAX_COMBINATIONS};
use crate::definition::keep;
use crate::definition::keys::SAMPLE;
use crate::error::{Problem, RuleError, first};
use crate::yaml::{Fields, Node, Value};
use std::collections::BTreeSet;

/// Most parameter sets of a sample.
const MAX_SAMPLE: usize = 10_000_000;
/// The seed where none is given.
const SEED: u64 = 1;
/// Random draws before a grid that can be walked is walked, besides those per wanted combination.
const DRAWS_BEFORE_WALK: u64 = 1 << 20;
/// Random draws from a grid too large to walk: some seconds.
const MOST_DRAWS: u64 = 1 << 24;

/// What a subset was drawn by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many combinations.
    pub count: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Sample {
    /// Reads `500` or `{count: 500, seed: 7}`.
    pub fn read(node: &Node) -> Result<Self, RuleError> {
        const EXPECTED: &str = "a number such as 500, or {count: 500, seed: 7}";
        if matches!(node.value, Value::Mapping(_)) {
            let mut errors = Vec::new();
            let read = Fields::read(node, EXPECTED, &[&SAMPLE], &mut errors).and_then(|fields| {
                let seed = fields.get("seed").map_or(Some(SEED), |node| keep(seed(node), &mut errors));
                let count = keep(count(fields.get("count")?), &mut errors);
                count.zip(seed).map(|(count, seed)| Self { count, seed })
            });
            return first(read, errors);
        }
        match node.integer() {
            Ok(_) => Ok(Self { count: count(node)?, seed: SEED }),
            Err(_) => Err(node.expected(EXPECTED).into()),
        }
    }

    /// The numbers of the drawn combinations, ascending.
    pub(super) fn draw(self, grid: &Grid) -> Result<Vec<u128>, Problem> {
        let all = grid.len();
        if all == u128::MAX {
            // The product was cut off: draws would come from a corner.
            return Err(Problem::GridUnnumbered);
        }
        let can_walk = all <= MAX_COMBINATIONS;
        let draws = if can_walk { DRAWS_BEFORE_WALK + 16 * self.count as u64 } else { MOST_DRAWS };
        let mut random = Random::new(self.seed);
        let mut drawn = BTreeSet::new();
        let mut tester = grid.tester();
        for _ in 0..draws {
            let index = random.below(all);
            tester.go_to(index);
            if !drawn.contains(&index) && tester.is_admitted() {
                drawn.insert(index);
            }
            if drawn.len() == self.count {
                return Ok(drawn.into_iter().collect());
            }
        }
        if !can_walk {
            return Err(Problem::SampleTooRare { count: self.count, found: drawn.len(), draws });
        }
        tester.go_to(0);
        let mut admitted = Vec::new();
        for index in 0..all {
            if tester.is_admitted() {
                admitted.push(index);
            }
            tester.advance();
        }
        self.choose(admitted, random)
    }

    /// Fisher and Yates's shuffle, as far as it is needed.
    fn choose(self, mut admitted: Vec<u128>, mut random: Random) -> Result<Vec<u128>, Problem> {
        if admitted.len() < self.count {
            return Err(Problem::SampleTooLarge { count: self.count, left: admitted.len() });
        }
        for at in 0..self.count {
            let other = at + random.below((admitted.len() - at) as u128) as usize;
            admitted.swap(at, other);
        }
        admitted.truncate(self.count);
        admitted.sort_unstable();
        Ok(admitted)
    }
}

fn count(node: &Node) -> Result<usize, RuleError> {
    let value = node.integer()?;
    match usize::try_from(value) {
        Ok(n) if (1..=MAX_SAMPLE).contains(&n) => Ok(n),
        _ => Err(Problem::SampleCount { value, limit: MAX_SAMPLE }.at(node.span)),
    }
}

fn seed(node: &Node) -> Result<u64, RuleError> {
    let value = node.integer()?;
    u64::try_from(value).map_err(|_| Problem::SampleSeed { value }.at(node.span))
}

#[cfg(test)]
mod tests;
