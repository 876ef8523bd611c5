//! Reads definitions from YAML.

use super::keys::{CLASSIFIER, NAMING, STRATEGY, SUGGESTION};
use super::others::{self, resolved};
use super::parameters::check_name;
use super::{
    Body, ClassifierBody, Definition, OtherSymbol, ParameterDefinition, StrategyBody, StrategyFamily,
};
use crate::Span;
use crate::error::{Errors, Problem, RuleError, first};
use crate::expr::Expr;
use crate::formula::{Formula, FormulaKind, Scope, Setting, check};
use crate::near::nearest;
use crate::types::Type;
use crate::yaml::{Entry, Fields, Key, Node};
use admf_model::Role;

/// The rules that know for how long a position has been held.
const EXITS: [&str; 3] = ["exit", "exit_long", "exit_short"];

impl Definition {
    /// Reads a strategy.
    ///
    /// # Errors
    /// The first in the text.
    pub fn strategy(node: &Node) -> Result<Self, RuleError> {
        let mut errors = Vec::new();
        let read = Self::read_strategy(node, &[], &mut errors);
        first(read, errors)
    }

    /// Reads a classifier.
    ///
    /// # Errors
    /// The first in the text.
    pub fn classifier(node: &Node) -> Result<Self, RuleError> {
        let mut errors = Vec::new();
        let read = Self::read_classifier(node, &mut errors);
        first(read, errors)
    }

    /// Reads a strategy; all that is wrong goes to `errors`. `other_keys` are keys of the same map that belong to
    /// whoever asks, and are not looked at.
    pub fn read_strategy(
        node: &Node,
        other_keys: &'static [Key],
        errors: &mut Vec<RuleError>,
    ) -> Option<Self> {
        let fields =
            Fields::read(node, "a strategy", &[&NAMING, &SUGGESTION, &STRATEGY, other_keys], errors)?;
        let before = errors.len();
        let parameters = parameters(&fields, errors);
        let names = parameter_names(&fields);
        let mut reader = Reader::new(&fields, &names, Setting::Strategy, errors);
        let body = Body::Strategy(Box::new(reader.strategy()));
        let rules = STRATEGY.iter().filter_map(|key| {
            Some((key.name.to_owned(), fields.get(key.name)?.scalar("a rule").ok()?.text().trim().to_owned()))
        });
        Self::assemble(&fields, parameters, rules.collect(), body, before, errors)
    }

    /// Reads a classifier; all that is wrong goes to `errors`.
    pub fn read_classifier(node: &Node, errors: &mut Vec<RuleError>) -> Option<Self> {
        let fields = Fields::read(node, "a classifier", &[&NAMING, &CLASSIFIER], errors)?;
        let before = errors.len();
        let parameters = parameters(&fields, errors);
        let names = parameter_names(&fields);
        let body = Body::Classifier(Reader::new(&fields, &names, Setting::Classifier, errors).classifier()?);
        let labels = fields.get("labels").and_then(|node| node.entries("").ok()).unwrap_or_default();
        let text = |node: &Node| node.scalar("a rule").map(|scalar| scalar.text().trim().to_owned());
        let rule = |entry: &Entry| Some((entry.key.clone(), text(&entry.value).ok()?));
        let otherwise = fields.entry("otherwise");
        let rules = labels.iter().chain(otherwise).filter_map(rule).collect();
        Self::assemble(&fields, parameters, rules, body, before, errors)
    }

    /// `before` is the number of errors before this definition's own.
    fn assemble(
        fields: &Fields<'_>,
        parameters: Vec<ParameterDefinition>,
        rules: Vec<(String, String)>,
        body: Body,
        before: usize,
        errors: &mut Vec<RuleError>,
    ) -> Option<Self> {
        let name_node = fields.get("name");
        let name =
            name_node.map(Node::text).and_then(|name| keep(name, errors)).unwrap_or_default().to_owned();
        if let Some(node) = name_node.filter(|_| !name.is_empty()) {
            keep(check_name(&name, node.span), errors);
        }
        let others = other_symbols(fields, errors);
        for other in &others {
            if parameters.iter().any(|parameter| parameter.name == other.name) {
                let problem = Problem::OtherIsParameter { name: other.name.clone() };
                errors.push(problem.at(other.span));
            }
        }
        // A rule that could not be read may be the one that uses a parameter.
        if errors.len() == before {
            keep(check_used(&parameters, &body), errors);
            keep(others::check_used(&others, &body), errors);
        }
        let text = |key: &str| fields.text(key).unwrap_or_default().trim().to_owned();
        let title = Some(text("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| name.clone());
        let names = parameter_names(fields);
        let condition_node = fields.get("where");
        let checked_condition = condition_node.and_then(|node| keep(condition(node, &names), errors));
        let definition = (errors.len() == before).then(|| Self {
            family: fields.text("family").and_then(StrategyFamily::find),
            suggestion: fields.get("grid").cloned(),
            what_it_does: text("what_it_does"),
            when_it_fails: text("when_it_fails"),
            reference: text("reference"),
            condition: fields.text("where").map(|text| text.trim().to_owned()),
            name,
            title,
            parameters,
            rules,
            checked_condition,
            body: resolved(&body, &others),
            written: body,
            others,
        })?;
        definition.read_suggestion(errors);
        (errors.len() == before).then_some(definition)
    }
}

/// The value, or nothing and an error more.
pub(crate) fn keep<T, E: Into<Errors>>(result: Result<T, E>, errors: &mut Vec<RuleError>) -> Option<T> {
    result.map_err(|error| errors.extend(error.into().0)).ok()
}

/// Reads a condition on parameters.
pub(crate) fn condition(node: &Node, parameters: &[&str]) -> Result<Formula, Errors> {
    let expr = Expr::parse_scalar(node.scalar("a condition such as fast < slow")?)?;
    check(&expr, &Scope { parameters, setting: Setting::Condition }, Type::Truth, "in `where`")
}

/// The names of all parameters, those that could not be read too, so that rules that use them are not wrong as well.
fn parameter_names<'a>(fields: &Fields<'a>) -> Vec<&'a str> {
    let entries = fields.get("parameters").and_then(|node| node.entries("").ok()).unwrap_or_default();
    entries.iter().map(|entry| entry.key.as_str()).collect()
}

fn parameters(fields: &Fields<'_>, errors: &mut Vec<RuleError>) -> Vec<ParameterDefinition> {
    let Some(node) = fields.get("parameters") else { return Vec::new() };
    let entries = keep(node.entries("a map of parameters"), errors).unwrap_or_default();
    entries.iter().filter_map(|entry| ParameterDefinition::read(entry, errors)).collect()
}

fn other_symbols(fields: &Fields<'_>, errors: &mut Vec<RuleError>) -> Vec<OtherSymbol> {
    let Some(node) = fields.get("others") else { return Vec::new() };
    let entries = keep(node.entries("a map from names to symbols"), errors).unwrap_or_default();
    entries.iter().filter_map(|entry| OtherSymbol::read(entry, errors)).collect()
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

/// Reads the rules of a definition.
struct Reader<'a> {
    fields: &'a Fields<'a>,
    scope: Scope<'a>,
    errors: &'a mut Vec<RuleError>,
}

impl<'a> Reader<'a> {
    fn new(
        fields: &'a Fields<'a>,
        parameters: &'a [&'a str],
        setting: Setting,
        errors: &'a mut Vec<RuleError>,
    ) -> Self {
        Self { fields, scope: Scope { parameters, setting }, errors }
    }

    fn formula(&mut self, node: &Node, key: &str, expected: Type) -> Option<Formula> {
        let scalar = keep(node.scalar("a rule"), self.errors)?;
        let expr = keep(Expr::parse_scalar(scalar), self.errors)?;
        let setting = if EXITS.contains(&key) { Setting::Exit } else { self.scope.setting };
        let scope = Scope { parameters: self.scope.parameters, setting };
        keep(check(&expr, &scope, expected, &format!("in `{key}`")), self.errors)
    }

    fn rule(&mut self, key: &str, expected: Type) -> Option<Formula> {
        self.formula(self.fields.get(key)?, key, expected)
    }

    fn strategy(&mut self) -> StrategyBody {
        let has = |key: &str| self.fields.get(key).is_some();
        if !self.fields.is_meant("long") && !self.fields.is_meant("short") {
            self.errors.push(Problem::NoEntry.at(self.fields.span));
        }
        for (exit, entry) in [("exit_long", "long"), ("exit_short", "short")] {
            if let Some(exit_entry) = self.fields.entry(exit).filter(|_| !has(entry)) {
                self.errors.push(Problem::ExitWithoutEntry { exit, entry }.at(exit_entry.key_span));
            }
        }
        if let Some(exit) = self.fields.entry("exit").filter(|_| has("exit_long") || has("exit_short")) {
            self.errors.push(Problem::ExitTwice.at(exit.key_span));
        }
        let (long, short) = (self.rule("long", Type::Truth), self.rule("short", Type::Truth));
        let exit = self.rule("exit", Type::Truth);
        let exit_long =
            self.rule("exit_long", Type::Truth).or_else(|| exit.clone().filter(|_| long.is_some()));
        let exit_short = self.rule("exit_short", Type::Truth).or_else(|| exit.filter(|_| short.is_some()));
        let max_bars = self.rule("max_bars", Type::Number);
        if let Some(formula) = max_bars.as_ref().filter(|f| !f.is_constant()) {
            self.errors.push(Problem::MaxBarsNotConstant.at(formula.span));
        }
        let body = StrategyBody {
            long,
            short,
            exit_long,
            exit_short,
            size: self.rule("size", Type::Number),
            stop_loss: self.rule("stop_loss", Type::Number),
            take_profit: self.rule("take_profit", Type::Number),
            trailing_stop: self.rule("trailing_stop", Type::Number),
            max_bars,
        };
        self.errors.extend(body.wrong_values(None));
        body
    }

    /// Nothing when there is no role, without which no label means anything.
    fn classifier(&mut self) -> Option<ClassifierBody> {
        let role = keep(role(self.fields.get("role")?), self.errors)?;
        let mut labels = Vec::new();
        if let Some(node) = self.fields.get("labels") {
            let entries = keep(node.entries("a map of labels"), self.errors).unwrap_or_default();
            if matches!(node.entries(""), Ok([])) {
                self.errors.push(Problem::NoLabels.at(node.span));
            }
            for entry in entries {
                let code = keep(label(&entry.key, role, entry.key_span), self.errors);
                let formula = self.formula(&entry.value, &entry.key, Type::Truth);
                labels.extend(code.zip(formula));
            }
        }
        let otherwise = self.fields.get("otherwise").and_then(|node| {
            let text = keep(node.text(), self.errors)?;
            keep(label(text, role, node.span), self.errors)
        });
        Some(ClassifierBody { role, labels, otherwise })
    }
}

fn role(node: &Node) -> Result<Role, RuleError> {
    let name = node.text()?;
    name.parse().map_err(|_| {
        let near = nearest(name, Role::ALL.map(Role::name));
        Problem::UnknownRole { name: name.to_owned(), near }.at(node.span)
    })
}

/// The position of a label in its role's vocabulary.
fn label(text: &str, role: Role, span: Span) -> Result<u8, RuleError> {
    let position = role.labels().iter().position(|label| *label == text);
    position.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| {
        let near = nearest(text, role.labels().iter().copied());
        Problem::NotOfRole { label: text.to_owned(), role, near }.at(span)
    })
}
