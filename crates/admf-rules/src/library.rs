//! The strategies and classifiers that come with the program, written in the rule language: one file each under
//! `library/`, one line each here.

use crate::definition::Definition;
use crate::{RuleError, yaml};
use std::sync::LazyLock;

/// Files of strategies, in the order of the documentation.
const STRATEGIES: [&str; 6] = [
    include_str!("../library/strategies/buy_and_hold.yaml"),
    include_str!("../library/strategies/ma_crossover.yaml"),
    include_str!("../library/strategies/momentum.yaml"),
    include_str!("../library/strategies/rsi_reversion.yaml"),
    include_str!("../library/strategies/donchian_breakout.yaml"),
    include_str!("../library/strategies/bollinger_reversion.yaml"),
];

/// Files of classifiers, in the order of the documentation.
const CLASSIFIERS: [&str; 2] = [
    include_str!("../library/classifiers/trend.yaml"),
    include_str!("../library/classifiers/volatility.yaml"),
];

type Read = fn(&yaml::Node, &[&str]) -> Result<Definition, RuleError>;

fn read_all(texts: &[&str], read: Read) -> Vec<Definition> {
    let read = |text: &&str| yaml::parse(text).map_err(RuleError::from).and_then(|node| read(&node, &[]));
    texts.iter().map(|text| read(text).expect("files of the library are read by a test")).collect()
}

/// All strategies.
pub fn strategies() -> &'static [Definition] {
    static READ: LazyLock<Vec<Definition>> = LazyLock::new(|| read_all(&STRATEGIES, Definition::strategy));
    &READ
}

/// All classifiers.
pub fn classifiers() -> &'static [Definition] {
    static READ: LazyLock<Vec<Definition>> = LazyLock::new(|| read_all(&CLASSIFIERS, Definition::classifier));
    &READ
}

/// The strategy of this name.
pub fn strategy(name: &str) -> Option<&'static Definition> {
    strategies().iter().find(|definition| definition.name == name)
}

/// The classifier of this name.
pub fn classifier(name: &str) -> Option<&'static Definition> {
    classifiers().iter().find(|definition| definition.name == name)
}

/// The file of a strategy or classifier, as it was written.
pub fn source(name: &str) -> Option<&'static str> {
    let find = |definitions: &[Definition], texts: &'static [&'static str]| {
        definitions.iter().position(|definition| definition.name == name).map(|at| texts[at])
    };
    find(strategies(), &STRATEGIES).or_else(|| find(classifiers(), &CLASSIFIERS))
}

#[cfg(test)]
pub(crate) mod tests;
