//! All combinations of parameter values that a condition admits, without ever holding them all.

use crate::definition::{Definition, condition};
use crate::domain::Domain;
use crate::error::RuleError;
use crate::formula::Formula;
use crate::yaml::Node;
use admf_model::{ParameterValue, Parameters};

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
}

impl Definition {
    /// The grid of this definition: `axes` is a map from parameters to values, the others take the values of the
    /// definition; `condition` is the spec's `where`, which holds beside the definition's own. Spans of errors are
    /// into the text of these nodes.
    pub fn grid(&self, axes: Option<&Node>, condition_node: Option<&Node>) -> Result<Grid, RuleError> {
        let mut grid = Grid {
            axes: self
                .parameters
                .iter()
                .map(|p| Axis { name: p.name.clone(), values: p.values.clone() })
                .collect(),
            conditions: self.checked_condition.iter().cloned().collect(),
        };
        for entry in
            axes.map(|node| node.entries("a map from parameters to values")).transpose()?.unwrap_or_default()
        {
            let Some(axis) = grid.axes.iter_mut().find(|axis| axis.name == entry.key) else {
                return Err(self.no_such_parameter(&entry.key).at(entry.key_span));
            };
            let domain = Domain::read(&entry.value)?;
            let admitted = domain.values.into_iter().map(|(value, span)| self.admit(&entry.key, value, span));
            axis.values = admitted.collect::<Result<_, _>>()?;
        }
        if let Some(node) = condition_node {
            let names: Vec<&str> = self.parameters.iter().map(|p| p.name.as_str()).collect();
            grid.conditions.push(condition(node, &names)?);
        }
        Ok(grid)
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

    /// The combinations for which every condition is true, last axis fastest. A condition that is undefined, such as
    /// one that divides by zero, is not true.
    pub fn iter(&self) -> Combinations<'_> {
        Combinations { grid: self, next: Some(vec![0; self.axes.len()]), numbers: vec![0.0; self.axes.len()] }
    }
}

/// Iterator over the combinations of a [`Grid`].
#[derive(Clone, Debug)]
pub struct Combinations<'a> {
    grid: &'a Grid,
    /// The next position on each axis; `None` at the end.
    next: Option<Vec<usize>>,
    numbers: Vec<f64>,
}

impl Iterator for Combinations<'_> {
    type Item = Parameters;

    fn next(&mut self) -> Option<Parameters> {
        let axes = &self.grid.axes;
        loop {
            let at = self.next.as_mut()?;
            for ((number, axis), position) in self.numbers.iter_mut().zip(axes).zip(at.iter()) {
                *number = axis.values[*position].as_f64();
            }
            let admitted = self.grid.conditions.iter().all(|c| c.constant(&self.numbers) == Some(1.0));
            let found = admitted.then(|| {
                let values = axes.iter().zip(at.iter()).map(|(axis, p)| (axis.name.clone(), axis.values[*p]));
                Parameters::new(values.collect())
            });
            if !advance(at, axes) {
                self.next = None;
            }
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Moves to the next combination; false after the last.
fn advance(at: &mut [usize], axes: &[Axis]) -> bool {
    for (position, axis) in at.iter_mut().zip(axes).rev() {
        *position += 1;
        if *position < axis.values.len() {
            return true;
        }
        *position = 0;
    }
    false
}

#[cfg(test)]
mod tests;
