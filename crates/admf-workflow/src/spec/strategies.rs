//! `strategies:` and `classifiers:` library definitions with a grid, or the user's own.

use super::{SpecProblem, data};
use admf_model::Parameters;
use admf_rules::yaml::{Mapping, Node, Value};
use admf_rules::{Definition, Grid, Span, library, nearest};

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

pub(super) fn read(node: &Node) -> Result<Vec<StrategySpec>, SpecProblem> {
    let items = node.sequence("a list of strategies")?;
    if items.is_empty() {
        return Err(
            SpecProblem::new(node.span, "there is no strategy to run").help("write `- type: ma_crossover`")
        );
    }
    let strategies = items.iter().map(strategy).collect::<Result<Vec<_>, _>>()?;
    let own = strategies.iter().filter(|s| !s.chosen.from_library).map(|s| &s.chosen);
    check_names(own, "strategy")?;
    Ok(strategies)
}

fn strategy(node: &Node) -> Result<StrategySpec, SpecProblem> {
    if node.text().is_ok() {
        let chosen = STRATEGIES.take(node)?;
        let grid = chosen.definition.grid(None, None)?;
        return Ok(StrategySpec { chosen, grid, symbols: None });
    }
    if has_key(node, "type") {
        let map = node.mapping("a strategy", &["type", "grid", "where", "symbols"])?;
        let chosen = STRATEGIES.take(map.require("type")?)?;
        let grid = chosen.definition.grid(map.get("grid"), map.get("where"))?;
        return Ok(StrategySpec { chosen, grid, symbols: symbols(&map)? });
    }
    let definition = Definition::strategy(node, &["symbols"])?;
    let grid = definition.grid(None, None)?;
    let entries = node.entries("a strategy")?;
    let symbols = entries.iter().find(|e| e.key == "symbols").map(|e| data::names(&e.value)).transpose()?;
    Ok(StrategySpec { chosen: STRATEGIES.own(definition, name_of(node))?, grid, symbols })
}

fn symbols(map: &Mapping<'_>) -> Result<Option<Vec<(String, Span)>>, SpecProblem> {
    map.get("symbols").map(data::names).transpose()
}

pub(super) fn read_classifiers(node: Option<&Node>) -> Result<Vec<ClassifierSpec>, SpecProblem> {
    let Some(node) = node else { return Ok(Vec::new()) };
    let items = node.sequence("a list of classifiers")?;
    let classifiers = items.iter().map(classifier).collect::<Result<Vec<_>, _>>()?;
    check_names(classifiers.iter().map(|c| &c.chosen), "classifier")?;
    Ok(classifiers)
}

fn classifier(node: &Node) -> Result<ClassifierSpec, SpecProblem> {
    let (chosen, grid) = if node.text().is_ok() {
        let chosen = CLASSIFIERS.take(node)?;
        let grid = chosen.definition.grid(None, None)?;
        (chosen, grid)
    } else if has_key(node, "type") {
        let map = node.mapping("a classifier", &["type", "parameters"])?;
        let chosen = CLASSIFIERS.take(map.require("type")?)?;
        let grid = chosen.definition.grid(map.get("parameters"), None)?;
        (chosen, grid)
    } else {
        let definition = Definition::classifier(node, &[])?;
        let grid = definition.grid(None, None)?;
        (CLASSIFIERS.own(definition, name_of(node))?, grid)
    };
    if let Some(axis) = grid.axes().iter().find(|axis| axis.values.len() > 1) {
        let message =
            format!("a classifier has one value per parameter, `{}` has {}", axis.name, axis.values.len());
        return Err(SpecProblem::new(node.span, message)
            .help("list the classifier of your own once per value, under different names"));
    }
    let Some(parameters) = grid.iter().next() else {
        let condition = chosen.definition.condition.clone().unwrap_or_default();
        let message = format!("the parameters do not satisfy the classifier's `where: {condition}`");
        return Err(SpecProblem::new(node.span, message));
    };
    Ok(ClassifierSpec { chosen, parameters })
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
fn check_names<'a>(chosen: impl Iterator<Item = &'a Chosen>, kind: &str) -> Result<(), SpecProblem> {
    let mut seen: Vec<&str> = Vec::new();
    for chosen in chosen {
        let name = chosen.definition.name.as_str();
        if seen.contains(&name) {
            return Err(SpecProblem::new(
                chosen.span,
                format!("there is another {kind} named `{name}` above"),
            )
            .help("give each its own name"));
        }
        seen.push(name);
    }
    Ok(())
}
