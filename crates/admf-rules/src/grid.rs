//! All combinations of parameter values that a condition admits, without ever holding them all.

use crate::definition::{Definition, condition, keep};
use crate::domain::Domain;
use crate::error::{RuleError, first};
use crate::formula::Formula;
use crate::yaml::Node;
use admf_model::{ParameterValue, Parameters};

mod random;
mod sample;

pub use sample::Sample;

/// Most combinations of one grid, before its conditions, that are walked through.
pub const MAX_COMBINATIONS: u128 = 100_000_000;

/// Values of one parameter that are said not to be allowed: the next are wrong for the same reason.
const MOST_TOLD: usize = 3;

/// A parameter and the values it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The parameter.
    pub name: String,
    /// Its values, in order, at least one.
    pub values: Vec<ParameterValue>,
}

/// The combinations of some axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    axes: Vec<Axis>,
    conditions: Vec<Formula>,
    drawn: Option<Drawn>,
}

/// The combinations that were drawn, by their numbers in grid order, ascending; all are admitted.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    by: Sample,
    indices: Vec<u128>,
}

impl Definition {
    /// The grid of this definition: `axes` is a map from parameters to values, the others take the values of the
    /// definition; `condition` is the spec's `where`, which holds beside the definition's own. Spans of errors are
    /// into the text of these nodes.
    ///
    /// # Errors
    /// The first in the text.
    pub fn grid(&self, axes: Option<&Node>, condition: Option<&Node>) -> Result<Grid, RuleError> {
        let mut errors = Vec::new();
        let grid = self.read_grid(axes, condition, &mut errors);
        first(Some(grid), errors)
    }

    /// [`Definition::grid`] with all that is wrong in `errors`; what is wrong is left out of the grid.
    pub fn read_grid(
        &self,
        axes: Option<&Node>,
        condition_node: Option<&Node>,
        errors: &mut Vec<RuleError>,
    ) -> Grid {
        let mut grid = Grid {
            axes: self
                .parameters
                .iter()
                .map(|p| Axis { name: p.name.clone(), values: p.values.clone() })
                .collect(),
            conditions: self.checked_condition.iter().cloned().collect(),
            drawn: None,
        };
        let entries = axes.and_then(|node| keep(node.entries("a map from parameters to values"), errors));
        for entry in entries.unwrap_or_default() {
            let Some(axis) = grid.axes.iter_mut().find(|axis| axis.name == entry.key) else {
                errors.push(self.no_such_parameter(&entry.key).at(entry.key_span));
                continue;
            };
            let Some(domain) = keep(Domain::read(&entry.value), errors) else { continue };
            let before = errors.len();
            let mut values = Vec::with_capacity(domain.values.len());
            for (value, span) in domain.values {
                values.extend(keep(self.admit(&entry.key, value, span), errors));
                if errors.len() - before == MOST_TOLD {
                    break;
                }
            }
            if errors.len() == before {
                axis.values = values;
            }
        }
        self.with_condition(grid, condition_node, errors)
    }

    /// A grid of this definition with one condition more, if there is one.
    pub fn with_condition(
        &self,
        mut grid: Grid,
        condition_node: Option<&Node>,
        errors: &mut Vec<RuleError>,
    ) -> Grid {
        if let Some(node) = condition_node {
            let names: Vec<&str> = self.parameters.iter().map(|p| p.name.as_str()).collect();
            grid.conditions.extend(keep(condition(node, &names), errors));
        }
        grid
    }
}

impl Grid {
    /// The axes, in the order of the definition's parameters.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// Number of combinations before the conditions; the largest number for more than it can hold.
    #[expect(
        clippy::len_without_is_empty,
        reason = "every axis has a value, so there is always a combination"
    )]
    pub fn len(&self) -> u128 {
        self.axes.iter().fold(1, |product, axis| product.saturating_mul(axis.values.len() as u128))
    }

    /// The random subset, if the grid was cut down to one.
    pub fn sample(&self) -> Option<Sample> {
        self.drawn.as_ref().map(|drawn| drawn.by)
    }

    /// Combinations that [`Grid::iter`] looks at: all of them, or those that were drawn.
    pub fn steps(&self) -> u128 {
        self.drawn.as_ref().map_or_else(|| self.len(), |drawn| drawn.indices.len() as u128)
    }

    /// Cuts the grid down to a random subset of the combinations that its conditions admit. Parameter sets stay what
    /// they are and in the order of the grid. The error's span is that of the node that asks for the sample.
    pub fn draw(&mut self, sample: Sample, node: &Node) -> Result<(), RuleError> {
        let indices = sample.draw(self).map_err(|problem| problem.at(node.span))?;
        self.drawn = Some(Drawn { by: sample, indices });
        Ok(())
    }

    /// The combinations for which every condition is true, last axis fastest. A condition that is undefined, such as
    /// one that divides by zero, is not true.
    pub fn iter(&self) -> Combinations<'_> {
        Combinations { tester: self.tester(), next: 0, end: self.steps() }
    }

    fn tester(&self) -> Tester<'_> {
        Tester { grid: self, positions: vec![0; self.axes.len()], numbers: vec![0.0; self.axes.len()] }
    }
}

/// A place among the combinations, and what is true there. It begins at the first.
#[derive(Clone, Debug)]
struct Tester<'a> {
    grid: &'a Grid,
    positions: Vec<usize>,
    numbers: Vec<f64>,
}

impl Tester<'_> {
    /// True when every condition is true here.
    fn is_admitted(&mut self) -> bool {
        for ((number, axis), position) in self.numbers.iter_mut().zip(&self.grid.axes).zip(&self.positions) {
            *number = axis.values[*position].as_f64();
        }
        self.grid.conditions.iter().all(|condition| condition.constant(&self.numbers) == Some(1.0))
    }

    /// Moves to a combination by its number, whose digits, each to the base of its axis, are the positions.
    fn go_to(&mut self, index: u128) {
        let mut rest = index;
        for (position, axis) in self.positions.iter_mut().zip(&self.grid.axes).rev() {
            let length = axis.values.len() as u64;
            // Division is much quicker in 64 bits, which almost every grid fits in.
            (rest, *position) = match u64::try_from(rest) {
                Ok(rest) => (u128::from(rest / length), (rest % length) as usize),
                Err(_) => (rest / u128::from(length), (rest % u128::from(length)) as usize),
            };
        }
    }

    /// Moves to the next combination; after the last comes the first.
    fn advance(&mut self) {
        for (position, axis) in self.positions.iter_mut().zip(&self.grid.axes).rev() {
            *position += 1;
            if *position < axis.values.len() {
                return;
            }
            *position = 0;
        }
    }

    /// The combination here.
    fn parameters(&self) -> Parameters {
        let values = self.grid.axes.iter().zip(&self.positions);
        Parameters::new(values.map(|(axis, p)| (axis.name.clone(), axis.values[*p])).collect())
    }
}

/// Iterator over the combinations of a [`Grid`].
#[derive(Clone, Debug)]
pub struct Combinations<'a> {
    tester: Tester<'a>,
    next: u128,
    end: u128,
}

impl Combinations<'_> {
    /// Combinations that were looked at so far, those that conditions left out included.
    pub fn looked(&self) -> u64 {
        u64::try_from(self.next).unwrap_or(u64::MAX)
    }
}

impl Iterator for Combinations<'_> {
    type Item = Parameters;

    fn next(&mut self) -> Option<Parameters> {
        while self.next < self.end {
            let at = self.next;
            self.next += 1;
            let admitted = match &self.tester.grid.drawn {
                Some(drawn) => {
                    self.tester.go_to(drawn.indices[at as usize]);
                    true
                }
                None => {
                    if at > 0 {
                        self.tester.advance();
                    }
                    self.tester.is_admitted()
                }
            };
            if admitted {
                return Some(self.tester.parameters());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
