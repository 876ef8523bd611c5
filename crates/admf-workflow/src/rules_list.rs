//! `admf rules ls`: the strategies and classifiers that come with the program.

use admf_model::{CellKind, Sheet};
use admf_rules::{Definition, library};

/// The library.
#[derive(Clone, Debug)]
pub struct RulesListReport {
    /// A row per definition: strategies first, in the order of the documentation.
    pub rules: Sheet,
}

/// Lists the library.
pub fn rules_list() -> RulesListReport {
    let mut rules = Sheet::new([
        ("name", CellKind::Text),
        ("kind", CellKind::Text),
        ("title", CellKind::Text),
        ("parameters", CellKind::Text),
    ]);
    for definition in library::strategies().iter().chain(library::classifiers()) {
        rules.push(vec![
            definition.name.as_str().into(),
            kind(definition).into(),
            definition.title.as_str().into(),
            defaults(definition).into(),
        ]);
    }
    RulesListReport { rules }
}

/// `strategy`, or `trend classifier` and its kind.
pub(crate) fn kind(definition: &Definition) -> String {
    definition.role().map_or_else(|| "strategy".to_owned(), |role| format!("{role} classifier"))
}

/// `fast=10 slow=50`.
fn defaults(definition: &Definition) -> String {
    let parameters = definition.parameters.iter();
    parameters.map(|p| format!("{}={}", p.name, p.default)).collect::<Vec<_>>().join(" ")
}
