//! Strategies and classifiers as they are defined: documentation, parameters and checked rules.

use crate::Span;
use crate::error::{Problem, RuleError};
use crate::formula::{Formula, FormulaKind, label_of_role};
use crate::library;
use crate::near::nearest;
use crate::yaml::Node;
use admf_model::{ParameterValue, Role};
use std::collections::{BTreeMap, BTreeSet};

mod bind;
mod family;
mod fixed;
pub mod keys;
mod others;
mod parameters;
mod read;
mod suggestion;

pub use bind::{Amount, BoundClassifier, BoundStrategy};
pub use family::StrategyFamily;
pub use fixed::{Always, FixedPart};
pub use others::OtherSymbol;
pub use parameters::{ParameterDefinition, ParameterKind};
pub(crate) use read::{condition, keep};

/// A strategy or a classifier whose parameters are open.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The name it is used by.
    pub name: String,
    /// The name for people; the same as `name` where none is given.
    pub title: String,
    /// What a strategy is listed under; `None` for classifiers and where it is not said.
    pub family: Option<StrategyFamily>,
    /// What it does; empty where not documented.
    pub what_it_does: String,
    /// When it fails; empty where not documented.
    pub when_it_fails: String,
    /// A source to read; empty where not documented.
    pub reference: String,
    /// The parameters, in order.
    pub parameters: Vec<ParameterDefinition>,
    /// Other symbols that the rules read under names of their own.
    pub others: Vec<OtherSymbol>,
    /// The condition on parameters as written.
    pub condition: Option<String>,
    /// The rules as written, by key, in the order of the documentation.
    pub rules: Vec<(String, String)>,
    /// The condition on parameters.
    pub(crate) checked_condition: Option<Formula>,
    /// The values to try first, by parameter.
    pub(crate) suggestion: Option<Node>,
    /// The rules with symbols in place.
    pub(crate) body: Body,
    /// The rules with the names of other symbols.
    written: Body,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Strategy(Box<StrategyBody>),
    Classifier(ClassifierBody),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StrategyBody {
    pub(crate) long: Option<Formula>,
    pub(crate) short: Option<Formula>,
    pub(crate) exit_long: Option<Formula>,
    pub(crate) exit_short: Option<Formula>,
    pub(crate) size: Option<Formula>,
    pub(crate) stop_loss: Option<Formula>,
    pub(crate) take_profit: Option<Formula>,
    pub(crate) trailing_stop: Option<Formula>,
    pub(crate) max_bars: Option<Formula>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ClassifierBody {
    pub(crate) role: Role,
    /// Position in the role's labels, and when it holds.
    pub(crate) labels: Vec<(u8, Formula)>,
    pub(crate) otherwise: Option<u8>,
}

/// What a rule finds around it in a run.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Symbols that rules may name after `@`; `None` where not all of them are known.
    pub symbols: Option<&'a BTreeSet<String>>,
    /// Classifiers by the name that rules use, a role's name included where the role has a classifier; `None` where
    /// not all of them are known.
    pub regimes: Option<&'a BTreeMap<String, Role>>,
}

impl Definition {
    /// The role of a classifier, `None` for a strategy.
    pub fn role(&self) -> Option<Role> {
        match &self.body {
            Body::Strategy(_) => None,
            Body::Classifier(classifier) => Some(classifier.role),
        }
    }

    /// Symbols named after `@`, each once, sorted.
    pub fn symbols(&self) -> BTreeSet<String> {
        let mut symbols = BTreeSet::new();
        self.visit(&mut |formula| {
            if let FormulaKind::Price { symbol: Some(symbol), .. } = &formula.kind {
                symbols.insert(symbol.clone());
            }
        });
        symbols
    }

    /// Roles and classifiers named in `regime(..)`, each once, sorted.
    pub fn regimes(&self) -> BTreeSet<String> {
        let mut regimes = BTreeSet::new();
        self.visit(&mut |formula| {
            if let FormulaKind::Regime(name) = &formula.kind {
                regimes.insert(name.clone());
            }
        });
        regimes
    }

    /// What is wrong with the symbols, classifiers and labels that the rules name, each once.
    pub fn check_surroundings(&self, surroundings: &Surroundings<'_>) -> Vec<RuleError> {
        let mut errors: Vec<RuleError> = Vec::new();
        self.visit(&mut |formula| {
            let error = self.check_names(formula, surroundings).err();
            errors.extend(error.filter(|error| errors.iter().all(|known| known.problem != error.problem)));
        });
        errors
    }

    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Formula)) {
        for formula in self.body.formulas() {
            formula.visit(visit);
        }
    }

    fn check_names(&self, formula: &Formula, surroundings: &Surroundings<'_>) -> Result<(), RuleError> {
        match &formula.kind {
            FormulaKind::Price { symbol: Some(symbol), .. } => {
                let Some(symbols) = surroundings.symbols.filter(|symbols| !symbols.contains(symbol)) else {
                    return Ok(());
                };
                if let Some(other) = self.others.iter().find(|other| other.symbol == *symbol) {
                    let (definition, name) = (self.name.clone(), other.name.clone());
                    let symbol = symbol.clone();
                    return Err(Problem::MissingOther { definition, name, symbol }.at(formula.span));
                }
                let near = nearest(symbol, symbols.iter().map(String::as_str)).map(str::to_owned);
                Err(Problem::UnknownSymbol { symbol: symbol.clone(), near }.at(formula.span))
            }
            FormulaKind::Regime(name) => {
                let Some(regimes) = surroundings.regimes.filter(|regimes| !regimes.contains_key(name)) else {
                    return Ok(());
                };
                let remedy = missing_regime(name, regimes);
                Err(Problem::UnknownRegime { name: name.clone(), remedy }.at(formula.span))
            }
            FormulaKind::SameLabel(_, a, b) => {
                let Some(regimes) = surroundings.regimes else { return Ok(()) };
                for (regime, label) in [(a, b), (b, a)] {
                    if let (FormulaKind::Regime(name), FormulaKind::Label(code)) = (&regime.kind, &label.kind)
                        && let Some(role) = regimes.get(name)
                    {
                        label_of_role(*code, *role, label.span)?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Checks a value given for a parameter from outside, such as one of a grid, and makes it of the parameter's kind.
    pub(crate) fn admit(
        &self,
        name: &str,
        value: ParameterValue,
        span: Span,
    ) -> Result<ParameterValue, RuleError> {
        match self.parameters.iter().find(|p| p.name == name) {
            Some(parameter) => parameter.admit(value).map_err(|problem| problem.at(span)),
            None => Err(self.no_such_parameter(name).at(span)),
        }
    }

    pub(crate) fn no_such_parameter(&self, name: &str) -> Problem {
        let near = nearest(name, self.parameters.iter().map(|p| p.name.as_str())).map(str::to_owned);
        Problem::NoSuchParameter { definition: self.name.clone(), name: name.to_owned(), near }
    }
}

/// How to have a classifier of this name.
fn missing_regime(name: &str, known: &BTreeMap<String, Role>) -> String {
    let of_library = || library::classifiers().iter();
    let add = |classifier: &Definition| format!("add it to the spec: `classifiers: [{}]`", classifier.name);
    if let Some(classifier) = of_library().find(|c| c.name == name) {
        return add(classifier);
    }
    if let Some(near) = nearest(name, known.keys().map(String::as_str)) {
        return format!("did you mean `{near}`?");
    }
    if let Some(classifier) = of_library().find(|c| c.role().is_some_and(|role| role.name() == name)) {
        return add(classifier);
    }
    match nearest(name, of_library().map(|c| c.name.as_str())) {
        Some(near) => format!("did you mean `{near}`? then add it to the spec: `classifiers: [{near}]`"),
        None => {
            let names: Vec<&str> = of_library().map(|c| c.name.as_str()).collect();
            format!("list one under `classifiers`: your own, or one of the library: {}", names.join(", "))
        }
    }
}

impl StrategyBody {
    fn formulas_mut(&mut self) -> Vec<&mut Formula> {
        [
            &mut self.long,
            &mut self.short,
            &mut self.exit_long,
            &mut self.exit_short,
            &mut self.size,
            &mut self.stop_loss,
            &mut self.take_profit,
            &mut self.trailing_stop,
            &mut self.max_bars,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Body {
    /// Every rule, to change it.
    fn formulas_mut(&mut self) -> Vec<&mut Formula> {
        match self {
            Self::Strategy(strategy) => strategy.formulas_mut(),
            Self::Classifier(classifier) => {
                classifier.labels.iter_mut().map(|(_, formula)| formula).collect()
            }
        }
    }

    /// Every rule.
    pub(crate) fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::Strategy(s) => [
                &s.long,
                &s.short,
                &s.exit_long,
                &s.exit_short,
                &s.size,
                &s.stop_loss,
                &s.take_profit,
                &s.trailing_stop,
                &s.max_bars,
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::Classifier(classifier) => classifier.labels.iter().map(|(_, formula)| formula).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
