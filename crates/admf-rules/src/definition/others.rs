//! Other symbols that a definition reads under names of its own, such as `other` in `close@other`: whoever uses the
//! definition says which symbols they are.

use super::keys::OTHER;
use super::parameters::check_name;
use super::read::keep;
use super::{Body, Definition};
use crate::Span;
use crate::error::{Problem, RuleError};
use crate::formula::{Formula, FormulaKind};
use crate::near::nearest;
use crate::yaml::{Entry, Fields, Node, Value};

/// A symbol that is not the evaluated one.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherSymbol {
    /// The name in the rules, after `@`.
    pub name: String,
    /// The symbol that it stands for.
    pub symbol: String,
    /// What it is; empty where not documented.
    pub doc: String,
    pub(super) span: Span,
}

impl OtherSymbol {
    /// Reads `other: SP500` or `other: {default: SP500, doc: …}`.
    pub(super) fn read(entry: &Entry, errors: &mut Vec<RuleError>) -> Option<Self> {
        keep(check_name(&entry.key, entry.key_span), errors);
        let (symbol, doc) = match &entry.value.value {
            Value::Mapping(_) => {
                let fields = Fields::read(&entry.value, "another symbol", &[&OTHER], errors)?;
                (fields.text("default")?, fields.text("doc").unwrap_or_default())
            }
            _ => (keep(entry.value.text(), errors)?, ""),
        };
        let (name, symbol) = (entry.key.clone(), symbol.to_owned());
        Some(Self { name, symbol, doc: doc.trim().to_owned(), span: entry.key_span })
    }
}

impl Definition {
    /// This definition with other symbols than its defaults: `node` is a map from its names to symbols, whose spans
    /// errors have.
    pub fn with_others(&self, node: &Node, errors: &mut Vec<RuleError>) -> Self {
        let mut definition = self.clone();
        let entries = keep(node.entries("a map from the definition's names to symbols"), errors);
        for entry in entries.unwrap_or_default() {
            let symbol = keep(entry.value.text(), errors).unwrap_or_default();
            match definition.others.iter_mut().find(|other| other.name == entry.key) {
                Some(other) => symbol.clone_into(&mut other.symbol),
                None => errors.push(self.no_such_other(&entry.key).at(entry.key_span)),
            }
        }
        definition.body = resolved(&self.written, &definition.others);
        definition
    }

    fn no_such_other(&self, name: &str) -> Problem {
        let near = nearest(name, self.others.iter().map(|other| other.name.as_str())).map(str::to_owned);
        Problem::NoSuchOther { definition: self.name.clone(), name: name.to_owned(), near }
    }
}

/// The body with symbols in the place of names.
pub(super) fn resolved(written: &Body, others: &[OtherSymbol]) -> Body {
    let mut body = written.clone();
    for formula in body.formulas_mut() {
        formula.visit_mut(&mut |formula: &mut Formula| {
            if let FormulaKind::Price { symbol: Some(symbol), .. } = &mut formula.kind
                && let Some(other) = others.iter().find(|other| other.name == *symbol)
            {
                other.symbol.clone_into(symbol);
            }
        });
    }
    body
}

/// A name that no rule reads makes no difference.
pub(super) fn check_used(others: &[OtherSymbol], written: &Body) -> Result<(), RuleError> {
    let mut used = vec![false; others.len()];
    for formula in written.formulas() {
        formula.visit(&mut |formula| {
            if let FormulaKind::Price { symbol: Some(symbol), .. } = &formula.kind
                && let Some(at) = others.iter().position(|other| other.name == *symbol)
            {
                used[at] = true;
            }
        });
    }
    match others.iter().zip(used).find(|(_, used)| !used) {
        Some((other, _)) => Err(Problem::UnusedOther { name: other.name.clone() }.at(other.span)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
