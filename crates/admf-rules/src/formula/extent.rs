//! What a formula can be on any bar, from the ranges of functions, parameters and prices.

use super::{Formula, FormulaKind};
use crate::extent::Extent;
use crate::functions::Family;
use crate::graph::Field;

/// What is known around a formula.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Of each parameter of the definition.
    pub(crate) parameters: &'a [Extent],
    /// Of a price of the evaluated symbol or of another one.
    pub(crate) prices: &'a dyn Fn(Field, Option<&str>) -> Extent,
}

impl Formula {
    /// Between which numbers the value lies wherever it is defined. That two parts cannot be what they can be at the
    /// same time is not found out: `close > 2 and close < 1` can be true here.
    pub(crate) fn extent(&self, known: &Known<'_>) -> Extent {
        let of = |part: &Self| part.extent(known);
        match &self.kind {
            FormulaKind::Number(value) => Extent::at(*value),
            FormulaKind::Truth(value) => Extent::at(f64::from(*value)),
            FormulaKind::Parameter(index) => known.parameters[*index],
            FormulaKind::Price { field, symbol } => (known.prices)(*field, symbol.as_deref()),
            FormulaKind::Label(_) | FormulaKind::Regime(_) => Extent::ANY,
            FormulaKind::BarsHeld => Extent { low: 0.0, high: f64::INFINITY },
            FormulaKind::Negate(a) => of(a).negate(),
            FormulaKind::Not(a) => of(a).not(),
            FormulaKind::And(a, b) => of(a).and(of(b)),
            FormulaKind::Or(a, b) => of(a).or(of(b)),
            FormulaKind::Compare(comparison, a, b) => Extent::compare(*comparison, of(a), of(b)),
            FormulaKind::SameLabel(..) => Extent::TRUTH,
            FormulaKind::Arithmetic(operation, a, b) => Extent::arithmetic(*operation, of(a), of(b)),
            FormulaKind::Call { function, inputs, constants } => {
                let inputs: Vec<Extent> = inputs.iter().map(of).collect();
                let constants: Vec<Extent> = constants.iter().map(of).collect();
                // Only logic makes something of what is undefined on every bar.
                if function.family != Family::Logic && inputs.iter().any(|input| input.is_nowhere()) {
                    return Extent::NOWHERE;
                }
                function.extent(&inputs, &constants)
            }
        }
    }
}

#[cfg(test)]
mod tests;
