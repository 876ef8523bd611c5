//! Parts of rules that are the same on every bar although they look as if they were not, such as `rsi(close) > 120`.

use super::{Body, Definition};
use crate::Span;
use crate::extent::Extent;
use crate::formula::{Formula, FormulaKind, Known};
use crate::graph::Field;
use crate::grid::Grid;

/// What a part of a rule always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Always {
    /// Undefined on every bar.
    Undefined,
    /// Never true.
    NotTrue,
    /// True wherever it is defined.
    True,
}

/// A part of a rule that is the same on every bar, for all values of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedPart {
    /// The rule.
    pub key: &'static str,
    /// True when the rule as a whole cannot be true because of it.
    pub decides: bool,
    /// Where the part stands, in the text of the definition.
    pub span: Span,
    /// What it is.
    pub always: Always,
    /// Of what is compared and not a constant: where it stands and between which numbers it lies.
    pub sides: Vec<(Span, Extent)>,
    /// The other symbol that is read, of an undefined part that is a price.
    pub symbol: Option<String>,
}

impl Definition {
    /// The parts of a strategy's conditions that are the same on every bar, for all values of a grid. `prices` says
    /// between which numbers the prices lie that the rules read, [`Extent::NOWHERE`] where there are none.
    ///
    /// A comparison that is always true is one only if it is so whatever the prices are: that a filter such as
    /// `close > 5` lets everything through is no mistake.
    pub fn fixed_parts(&self, grid: &Grid, prices: &dyn Fn(Field, Option<&str>) -> Extent) -> Vec<FixedPart> {
        let Body::Strategy(body) = &self.body else { return Vec::new() };
        let parameters: Vec<Extent> =
            grid.axes().iter().map(|axis| Extent::of(axis.values.iter().map(|v| v.as_f64()))).collect();
        let data = Known { parameters: &parameters, prices };
        let theory = Known { parameters: &parameters, prices: &|_, _| Extent::ANY };
        let rules = [
            ("long", &body.long),
            ("short", &body.short),
            ("exit_long", &body.exit_long),
            ("exit_short", &body.exit_short),
        ];
        let mut parts: Vec<FixedPart> = Vec::new();
        for (key, formula) in rules {
            let Some(formula) = formula else { continue };
            let found = if formula.extent(&data).can_be_true() {
                curiosities(key, formula, &theory)
            } else {
                vec![blamed(key, formula, &data)]
            };
            for part in found {
                // `exit` is read once for each side.
                if parts.iter().all(|known| known.span != part.span) {
                    parts.push(part);
                }
            }
        }
        parts
    }
}

/// Why a condition cannot be true: the smallest part of it that cannot be.
fn blamed(key: &'static str, formula: &Formula, known: &Known<'_>) -> FixedPart {
    let cannot = |part: &&Formula| !part.extent(known).can_be_true();
    match &formula.kind {
        FormulaKind::And(a, b) => {
            if let Some(part) = [&**a, &**b].into_iter().find(cannot) {
                return blamed(key, part, known);
            }
        }
        FormulaKind::Or(a, _) => return blamed(key, a, known),
        _ => {}
    }
    if formula.extent(known).is_nowhere() {
        let (span, symbol) = undefined(formula, known);
        return FixedPart { key, decides: true, span, always: Always::Undefined, sides: Vec::new(), symbol };
    }
    fixed(key, true, formula, Always::NotTrue, known)
}

/// The smallest part that has no value on any bar.
fn undefined(formula: &Formula, known: &Known<'_>) -> (Span, Option<String>) {
    let part = formula.operands().into_iter().find(|part| part.extent(known).is_nowhere());
    match (part, &formula.kind) {
        (Some(part), _) => undefined(part, known),
        (None, FormulaKind::Price { symbol, .. }) => (formula.span, symbol.clone()),
        (None, _) => (formula.span, None),
    }
}

/// Comparisons anywhere below that are the same on every bar.
fn curiosities(key: &'static str, formula: &Formula, theory: &Known<'_>) -> Vec<FixedPart> {
    let mut parts = Vec::new();
    formula.visit(&mut |part| {
        if !matches!(part.kind, FormulaKind::Compare(..)) || part.is_constant() {
            return;
        }
        let extent = part.extent(theory);
        let always = match (extent.can_be_true(), extent.can_be_false()) {
            (true, false) => Always::True,
            (false, true) => Always::NotTrue,
            _ => return,
        };
        parts.push(fixed(key, false, part, always, theory));
    });
    parts
}

fn fixed(key: &'static str, decides: bool, part: &Formula, always: Always, known: &Known<'_>) -> FixedPart {
    let sides = match &part.kind {
        FormulaKind::Compare(_, a, b) => [a, b]
            .into_iter()
            .filter(|side| !side.is_constant())
            .map(|side| (side.span, side.extent(known)))
            .collect(),
        _ => Vec::new(),
    };
    FixedPart { key, decides, span: part.span, always, sides, symbol: None }
}

#[cfg(test)]
mod tests;
