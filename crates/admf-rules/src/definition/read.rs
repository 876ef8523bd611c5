//! Reads definitions from YAML.

use super::parameters::check_name;
use super::{Body, ClassifierBody, Definition, ParameterDefinition, StrategyBody};
use crate::error::{Problem, RuleError};
use crate::expr::Expr;
use crate::formula::{Formula, FormulaKind, Scope, Setting, check};
use crate::types::Type;
use crate::yaml::{Mapping, Node};
use admf_model::Role;

/// What every definition may have.
const DOCUMENTATION: [&str; 7] =
    ["name", "title", "what_it_does", "when_it_fails", "reference", "parameters", "where"];
/// The rules of a strategy, in the order of the documentation.
const STRATEGY: [&str; 10] = [
    "long",
    "short",
    "exit",
    "exit_long",
    "exit_short",
    "size",
    "stop_loss",
    "take_profit",
    "trailing_stop",
    "max_bars",
];
const CLASSIFIER: [&str; 3] = ["role", "labels", "otherwise"];

impl Definition {
    /// Reads a strategy. `other_keys` are keys of the same map that belong to whoever asks.
    pub fn strategy(node: &Node, other_keys: &[&str]) -> Result<Self, RuleError> {
        let keys = [&DOCUMENTATION[..], &STRATEGY, other_keys].concat();
        let map = node.mapping("a strategy", &keys)?;
        let parameters = parameters(&map)?;
        let names: Vec<&str> = parameters.iter().map(|p| p.name.as_str()).collect();
        let reader = Reader { map, scope: Scope { parameters: &names, setting: Setting::Strategy } };
        let mut rules = Vec::new();
        for key in STRATEGY {
            if let Some(node) = map.get(key) {
                rules.push((key.to_owned(), node.scalar("a rule")?.text().trim().to_owned()));
            }
        }
        let body = Body::Strategy(Box::new(reader.strategy()?));
        Self::assemble(&map, parameters, rules, body)
    }

    /// Reads a classifier. `other_keys` are keys of the same map that belong to whoever asks.
    pub fn classifier(node: &Node, other_keys: &[&str]) -> Result<Self, RuleError> {
        let keys = [&DOCUMENTATION[..], &CLASSIFIER, other_keys].concat();
        let map = node.mapping("a classifier", &keys)?;
        let parameters = parameters(&map)?;
        let names: Vec<&str> = parameters.iter().map(|p| p.name.as_str()).collect();
        let reader = Reader { map, scope: Scope { parameters: &names, setting: Setting::Classifier } };
        let mut rules = Vec::new();
        for entry in map.require("labels")?.entries("a map of labels")? {
            rules.push((entry.key.clone(), entry.value.scalar("a rule")?.text().trim().to_owned()));
        }
        if let Some(node) = map.get("otherwise") {
            rules.push(("otherwise".to_owned(), node.text()?.to_owned()));
        }
        let body = Body::Classifier(reader.classifier()?);
        Self::assemble(&map, parameters, rules, body)
    }

    fn assemble(
        map: &Mapping<'_>,
        parameters: Vec<ParameterDefinition>,
        rules: Vec<(String, String)>,
        body: Body,
    ) -> Result<Self, RuleError> {
        let name_node = map.require("name")?;
        let name = name_node.text()?.to_owned();
        check_name(&name, name_node.span)?;
        check_used(&parameters, &body)?;
        let text = |key: &str| -> Result<String, RuleError> {
            Ok(map.get(key).map(Node::text).transpose()?.unwrap_or_default().trim().to_owned())
        };
        let title = match text("title")? {
            title if title.is_empty() => name.clone(),
            title => title,
        };
        let names: Vec<&str> = parameters.iter().map(|p| p.name.as_str()).collect();
        let checked_condition = map.get("where").map(|node| condition(node, &names)).transpose()?;
        let condition = map.get("where").map(Node::text).transpose()?.map(|text| text.trim().to_owned());
        Ok(Self {
            what_it_does: text("what_it_does")?,
            when_it_fails: text("when_it_fails")?,
            reference: text("reference")?,
            name,
            title,
            parameters,
            condition,
            rules,
            checked_condition,
            body,
        })
    }
}

/// Reads a condition on parameters.
pub(crate) fn condition(node: &Node, parameters: &[&str]) -> Result<Formula, RuleError> {
    let expr = Expr::parse_scalar(node.scalar("a condition such as fast < slow")?)?;
    check(&expr, &Scope { parameters, setting: Setting::Condition }, Type::Truth, "in `where`")
}

fn parameters(map: &Mapping<'_>) -> Result<Vec<ParameterDefinition>, RuleError> {
    let Some(node) = map.get("parameters") else { return Ok(Vec::new()) };
    node.entries("a map of parameters")?.iter().map(ParameterDefinition::read).collect()
}

fn check_used(parameters: &[ParameterDefinition], body: &Body) -> Result<(), RuleError> {
    let mut used = vec![false; parameters.len()];
    for formula in body.formulas() {
        formula.visit(&mut |formula| {
            if let FormulaKind::Parameter(index) = formula.kind {
                used[index] = true;
            }
        });
    }
    match parameters.iter().zip(used).find(|(_, used)| !used) {
        Some((parameter, _)) => {
            Err(Problem::UnusedParameter { name: parameter.name.clone() }.at(parameter.span))
        }
        None => Ok(()),
    }
}

struct Reader<'a> {
    map: Mapping<'a>,
    scope: Scope<'a>,
}

impl Reader<'_> {
    fn rule(&self, key: &str, expected: Type) -> Result<Option<Formula>, RuleError> {
        let Some(node) = self.map.get(key) else { return Ok(None) };
        let expr = Expr::parse_scalar(node.scalar("a rule")?)?;
        check(&expr, &self.scope, expected, &format!("in `{key}`")).map(Some)
    }

    fn strategy(&self) -> Result<StrategyBody, RuleError> {
        let (long, short) = (self.rule("long", Type::Truth)?, self.rule("short", Type::Truth)?);
        if long.is_none() && short.is_none() {
            return Err(Problem::NoEntry.at(self.map.span));
        }
        let mut exit_long = self.rule("exit_long", Type::Truth)?;
        let mut exit_short = self.rule("exit_short", Type::Truth)?;
        for (exit, entry, misplaced) in [
            ("exit_long", "long", exit_long.is_some() && long.is_none()),
            ("exit_short", "short", exit_short.is_some() && short.is_none()),
        ] {
            if let (true, Some(entry_of_exit)) = (misplaced, self.map.entry(exit)) {
                return Err(Problem::ExitWithoutEntry { exit, entry }.at(entry_of_exit.key_span));
            }
        }
        if let Some(exit) = self.rule("exit", Type::Truth)? {
            if let (true, Some(entry)) = (exit_long.is_some() || exit_short.is_some(), self.map.entry("exit"))
            {
                return Err(Problem::ExitTwice.at(entry.key_span));
            }
            exit_long = long.is_some().then(|| exit.clone());
            exit_short = short.is_some().then_some(exit);
        }
        let max_bars = self.rule("max_bars", Type::Number)?;
        if let Some(formula) = max_bars.as_ref().filter(|f| !f.is_constant()) {
            return Err(Problem::MaxBarsNotConstant.at(formula.span));
        }
        Ok(StrategyBody {
            long,
            short,
            exit_long,
            exit_short,
            size: self.rule("size", Type::Number)?,
            stop_loss: self.rule("stop_loss", Type::Number)?,
            take_profit: self.rule("take_profit", Type::Number)?,
            trailing_stop: self.rule("trailing_stop", Type::Number)?,
            max_bars,
        })
    }

    fn classifier(&self) -> Result<ClassifierBody, RuleError> {
        let role_node = self.map.require("role")?;
        let name = role_node.text()?;
        let role: Role =
            name.parse().map_err(|_| Problem::UnknownRole { name: name.to_owned() }.at(role_node.span))?;
        let label = |text: &str, span| {
            let position = role.labels().iter().position(|label| *label == text);
            match position.and_then(|at| u8::try_from(at).ok()) {
                Some(code) => Ok(code),
                None => Err(Problem::NotOfRole { label: text.to_owned(), role }.at(span)),
            }
        };
        let labels_node = self.map.require("labels")?;
        let mut labels = Vec::new();
        for entry in labels_node.entries("a map of labels")? {
            let code = label(&entry.key, entry.key_span)?;
            let expr = Expr::parse_scalar(entry.value.scalar("a rule")?)?;
            labels.push((code, check(&expr, &self.scope, Type::Truth, &format!("in `{}`", entry.key))?));
        }
        if labels.is_empty() {
            return Err(Problem::NoLabels.at(labels_node.span));
        }
        let otherwise = match self.map.get("otherwise") {
            Some(node) => Some(label(node.text()?, node.span)?),
            None => None,
        };
        Ok(ClassifierBody { role, labels, otherwise })
    }
}
