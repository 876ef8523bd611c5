//! `admf rules ls`: the strategies and classifiers that come with the program.

use admf_model::{CellKind, Sheet};
use admf_rules::{Definition, StrategyFamily, library};

/// The library.
#[derive(Clone, Debug)]
pub struct RulesListReport {
    /// A row per definition: strategies by family, then classifiers, in the order of the documentation.
    pub rules: Sheet,
}

/// Lists the library.
pub fn rules_list() -> RulesListReport {
    let mut rules = Sheet::new([
        ("family", CellKind::Text),
        ("name", CellKind::Text),
        ("title", CellKind::Text),
        ("parameters", CellKind::Text),
    ]);
    for definition in library::strategies().iter().chain(library::classifiers()) {
        rules.push(vec![
            family(definition).into(),
            definition.name.as_str().into(),
            definition.title.as_str().into(),
            defaults(definition).into(),
        ]);
    }
    RulesListReport { rules }
}

/// `trend strategy`, or `trend classifier` and its kind.
pub(crate) fn kind(definition: &Definition) -> String {
    match definition.family {
        Some(family) => format!("{} strategy", family.name()),
        None => family(definition),
    }
}

/// The family of a strategy, the kind of a classifier.
pub(crate) fn family(definition: &Definition) -> String {
    let family = || definition.family.map_or("strategy", StrategyFamily::name).to_owned();
    definition.role().map_or_else(family, |role| format!("{role} classifier"))
}

/// `fast=10 slow=50`.
fn defaults(definition: &Definition) -> String {
    let parameters = definition.parameters.iter();
    parameters.map(|p| format!("{}={}", p.name, p.default)).collect::<Vec<_>>().join(" ")
}
