//! `strategies:` and `classifiers:` library definitions with a grid, or the user's own.

use super::{SpecProblem, keys};
use admf_model::Parameters;
use admf_rules::yaml::{Fields, Node, Value};
use admf_rules::{Definition, Grid, RuleError, Sample, Span, library, nearest};

/// A definition and where it comes from.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The definition.
    pub definition: Definition,
    /// True for the library's, whose errors are places in the library's file.
    pub from_library: bool,
    /// Where the spec names it.
    pub span: Span,
}

/// A strategy of the spec with its grid.
#[derive(Clone, Debug)]
pub struct StrategySpec {
    /// What is tried.
    pub chosen: Chosen,
    /// With which parameters.
    pub grid: Grid,
    /// On which symbols; `None` for all of the run.
    pub symbols: Option<Vec<(String, Span)>>,
}

/// A classifier of the spec.
#[derive(Clone, Debug)]
pub struct ClassifierSpec {
    /// What labels the bars.
    pub chosen: Chosen,
    /// With which parameters.
    pub parameters: Parameters,
}

type Lookup = fn(&str) -> Option<&'static Definition>;

/// The part of the library that a list chooses from.
struct Shelf {
    kind: &'static str,
    find: Lookup,
    all: fn() -> &'static [Definition],
}

const STRATEGIES: Shelf = Shelf { kind: "strategy", find: library::strategy, all: library::strategies };
const CLASSIFIERS: Shelf = Shelf { kind: "classifier", find: library::classifier, all: library::classifiers };

impl Shelf {
    fn take(&self, node: &Node) -> Result<Chosen, SpecProblem> {
        let name = node.text()?;
        let Some(definition) = (self.find)(name) else {
            let names = || (self.all)().iter().map(|d| d.name.as_str());
            let help = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the library has {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Err(SpecProblem::new(node.span, format!("unknown {} `{name}`", self.kind)).help(help));
        };
        Ok(Chosen { definition: definition.clone(), from_library: true, span: node.span })
    }

    /// A definition of the user's own must not hide one of the library.
    fn own(&self, definition: Definition, node: &Node) -> Result<Chosen, SpecProblem> {
        let name = &definition.name;
        if (self.find)(name).is_some() {
            let message =
                format!("`{name}` is a {} of the library: choose another name for your own", self.kind);
            let help = format!("or use the library's: write `type: {name}` instead of `name: {name}`");
            return Err(SpecProblem::new(node.span, message).help(help));
        }
        Ok(Chosen { definition, from_library: false, span: node.span })
    }
}

pub(super) fn read(node: &Node, problems: &mut Vec<SpecProblem>) -> Vec<StrategySpec> {
    let Some(items) = keep(node.sequence("a list of strategies"), problems) else { return Vec::new() };
    if items.is_empty() {
        let problem = SpecProblem::new(node.span, "there is no strategy to run");
        problems.push(problem.help("write `- type: ma_crossover`"));
    }
    let strategies: Vec<_> = items.iter().filter_map(|item| strategy(item, problems)).collect();
    let own = strategies.iter().filter(|s| !s.chosen.from_library).map(|s| &s.chosen);
    check_names(own, "strategy", problems);
    strategies
}

fn strategy(node: &Node, problems: &mut Vec<SpecProblem>) -> Option<StrategySpec> {
    if node.text().is_ok() {
        let chosen = keep(STRATEGIES.take(node), problems)?;
        let grid = keep(chosen.definition.grid(None, None), problems)?;
        return Some(StrategySpec { chosen, grid, symbols: None });
    }
    if !has_key(node, "type") {
        return own_strategy(node, problems);
    }
    let fields = Fields::read(node, "a strategy", &[&keys::LIBRARY_STRATEGY, &keys::ENTRY], problems)?;
    let chosen = with_others(keep(STRATEGIES.take(fields.get("type")?), problems)?, &fields, problems)?;
    let grid = rules(problems, |errors| {
        let definition = &chosen.definition;
        let values = fields.get("grid");
        let mut grid = match values.and_then(|node| node.text().ok()) {
            Some("suggested") => {
                definition.with_condition(definition.suggested_grid(), fields.get("where"), errors)
            }
            _ => definition.read_grid(values, fields.get("where"), errors),
        };
        draw(&mut grid, fields.get("sample"), errors);
        Some(grid)
    })?;
    Some(StrategySpec { chosen, grid, symbols: fields.names("symbols") })
}

fn own_strategy(node: &Node, problems: &mut Vec<SpecProblem>) -> Option<StrategySpec> {
    let (definition, grid) = rules(problems, |errors| {
        let definition = Definition::read_strategy(node, &keys::ENTRY, errors)?;
        let mut grid = definition.suggested_grid();
        draw(&mut grid, node.get("sample"), errors);
        check_values(&definition, &grid, errors);
        Some((definition, grid))
    })?;
    let symbols = node.get("symbols").and_then(|names| names.names().ok());
    Some(StrategySpec { chosen: keep(STRATEGIES.own(definition, name_of(node)), problems)?, grid, symbols })
}

/// The definition with the symbols that the entry names.
fn with_others(chosen: Chosen, fields: &Fields<'_>, problems: &mut Vec<SpecProblem>) -> Option<Chosen> {
    let Some(node) = fields.get("others") else { return Some(chosen) };
    let definition = rules(problems, |errors| Some(chosen.definition.with_others(node, errors)))?;
    Some(Chosen { definition, ..chosen })
}

/// What is wrong with the first combination of an own definition's grid; the others are put in place before a run.
fn check_values(definition: &Definition, grid: &Grid, errors: &mut Vec<RuleError>) {
    if errors.is_empty()
        && let Some(parameters) = grid.iter().next()
    {
        errors.extend(definition.wrong_values(&parameters));
    }
}

/// Cuts a grid down to a random subset, if nothing is wrong with it so far.
fn draw(grid: &mut Grid, sample: Option<&Node>, errors: &mut Vec<RuleError>) {
    let Some(node) = sample else { return };
    let drawn = match Sample::read(node) {
        Ok(sample) if errors.is_empty() => grid.draw(sample, node),
        read => read.map(drop),
    };
    errors.extend(drawn.err());
}

/// What was read, and the errors of the rule language among the problems; nothing where there are any.
fn rules<T>(
    problems: &mut Vec<SpecProblem>,
    read: impl FnOnce(&mut Vec<RuleError>) -> Option<T>,
) -> Option<T> {
    let mut errors = Vec::new();
    let read = read(&mut errors).filter(|_| errors.is_empty());
    problems.extend(errors.into_iter().map(SpecProblem::from));
    read
}

/// The value, or nothing and a problem more.
fn keep<T>(result: Result<T, impl Into<SpecProblem>>, problems: &mut Vec<SpecProblem>) -> Option<T> {
    result.map_err(|error| problems.push(error.into())).ok()
}

pub(super) fn read_classifiers(node: Option<&Node>, problems: &mut Vec<SpecProblem>) -> Vec<ClassifierSpec> {
    let items = node.and_then(|node| keep(node.sequence("a list of classifiers"), problems));
    let classifiers: Vec<_> =
        items.unwrap_or_default().iter().filter_map(|item| classifier(item, problems)).collect();
    check_names(classifiers.iter().map(|c| &c.chosen), "classifier", problems);
    classifiers
}

fn classifier(node: &Node, problems: &mut Vec<SpecProblem>) -> Option<ClassifierSpec> {
    let (chosen, values) = if node.text().is_ok() {
        (keep(CLASSIFIERS.take(node), problems)?, None)
    } else if has_key(node, "type") {
        let fields = Fields::read(node, "a classifier", &[&keys::LIBRARY_CLASSIFIER], problems)?;
        let chosen = keep(CLASSIFIERS.take(fields.get("type")?), problems)?;
        (with_others(chosen, &fields, problems)?, fields.get("parameters"))
    } else {
        let definition = rules(problems, |errors| Definition::read_classifier(node, errors))?;
        (keep(CLASSIFIERS.own(definition, name_of(node)), problems)?, None)
    };
    let grid = rules(problems, |errors| Some(chosen.definition.read_grid(values, None, errors)))?;
    if let Some(axis) = grid.axes().iter().find(|axis| axis.values.len() > 1) {
        let message =
            format!("a classifier has one value per parameter, `{}` has {}", axis.name, axis.values.len());
        let help = "list the classifier of your own once per value, under different names";
        problems.push(SpecProblem::new(node.span, message).help(help));
        return None;
    }
    let Some(parameters) = grid.iter().next() else {
        let condition = chosen.definition.condition.clone().unwrap_or_default();
        let message = format!("the parameters do not satisfy the classifier's `where: {condition}`");
        problems.push(SpecProblem::new(node.span, message));
        return None;
    };
    Some(ClassifierSpec { chosen, parameters })
}

fn has_key(node: &Node, key: &str) -> bool {
    matches!(&node.value, Value::Mapping(entries) if entries.iter().any(|e| e.key == key))
}

/// The node of `name:`, to point at; the whole map where there is none.
fn name_of(node: &Node) -> &Node {
    match &node.value {
        Value::Mapping(entries) => entries.iter().find(|e| e.key == "name").map_or(node, |e| &e.value),
        _ => node,
    }
}

/// Names are what results are stored and compared under: each may stand for one definition.
fn check_names<'a>(chosen: impl Iterator<Item = &'a Chosen>, kind: &str, problems: &mut Vec<SpecProblem>) {
    let mut seen: Vec<&str> = Vec::new();
    for chosen in chosen {
        let name = chosen.definition.name.as_str();
        if seen.contains(&name) {
            let message = format!("there is another {kind} named `{name}` above");
            problems.push(SpecProblem::new(chosen.span, message).help("give each its own name"));
        }
        seen.push(name);
    }
}
