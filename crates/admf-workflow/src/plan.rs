//! The plan of a run: everything that a spec names, found and checked, before anything is computed.

use crate::WorkflowError;
use crate::error::Snippet;
use crate::spec::{Chosen, KeepSpec, Source, Spec};
use admf_model::{ContentHash, Dataset, Execution, Parameters, Prices, Role, Timestamp};
use admf_rules::{
    BoundClassifier, BoundStrategy, Definition, Graph, Grid, RuleError, Span, Surroundings, library, nearest,
};
use admf_store::run::RunFacts;
use admf_store::{Workspace, market};
use std::collections::{BTreeMap, BTreeSet};

/// Most combinations of one grid, before its conditions.
pub const MAX_COMBINATIONS: u128 = 100_000_000;

/// A run that can be started.
#[derive(Debug)]
pub struct Plan {
    /// What the run calls itself.
    pub name: String,
    /// The dataset.
    pub dataset: Dataset,
    /// Symbols to trade, in the order of the spec.
    pub symbols: Vec<String>,
    /// Datasets whose symbols rules may name.
    pub auxiliary: Vec<Dataset>,
    /// Symbols that rules do name.
    pub other_symbols: BTreeSet<String>,
    /// First and last evaluated time.
    pub period: (Timestamp, Timestamp),
    /// Fills, capital and costs.
    pub execution: Execution,
    /// Bars per year.
    pub bars_per_year: f64,
    /// Own bars after which another symbol's value is undefined.
    pub staleness: u32,
    /// What is tried, in order.
    pub strategies: Vec<PlannedStrategy>,
    /// By what performance is split.
    pub classifiers: Vec<PlannedClassifier>,
    /// What is stored besides metrics.
    pub keep: KeepSpec,
    /// What the user should know before the run.
    pub notes: Vec<String>,
    source_name: String,
    source_text: String,
}

/// A strategy with its grid and symbols.
#[derive(Debug)]
pub struct PlannedStrategy {
    /// The definition and where it comes from.
    pub chosen: Chosen,
    /// Content hash of the definition.
    pub version: String,
    /// Its parameters.
    pub grid: Grid,
    /// Indices into [`Plan::symbols`].
    pub symbols: Vec<usize>,
}

/// A classifier with its parameters.
#[derive(Debug)]
pub struct PlannedClassifier {
    /// The name that results are stored under.
    pub name: String,
    /// The definition and where it comes from.
    pub chosen: Chosen,
    /// Its parameters.
    pub parameters: Parameters,
}

impl Plan {
    /// Finds and checks what a spec names.
    ///
    /// # Errors
    /// [`WorkflowError::Input`] at the place of the spec that names something that is not there.
    pub fn new(workspace: &Workspace, source: &Source<'_>) -> Result<Self, WorkflowError> {
        Self::with(source, &|_, name| load(workspace, source, name))
    }

    /// The plan of a run that exists: the same spec on the versions of the data that were evaluated then, whatever has
    /// been imported since.
    ///
    /// # Errors
    /// [`WorkflowError::Data`] when a version is no longer in the workspace.
    pub fn of_run(
        workspace: &Workspace,
        source: &Source<'_>,
        facts: &RunFacts,
    ) -> Result<Self, WorkflowError> {
        let others = facts.auxiliary.iter().map(|other| (&other.dataset, other.dataset_hash));
        let versions: Vec<_> = std::iter::once((&facts.dataset, facts.dataset_hash)).chain(others).collect();
        Self::with(source, &|at, name| match versions.get(at) {
            Some((dataset, version)) => load_version(workspace, dataset, *version),
            None => Err(source.error(name.1, "the run did not use this dataset", None)),
        })
    }

    /// `load` is given the position of a dataset, 0 for the run's own and 1 on for the auxiliary ones, and its name.
    fn with(source: &Source<'_>, load: &Load<'_>) -> Result<Self, WorkflowError> {
        let spec = Spec::parse(source)?;
        let dataset = load(0, &spec.data.dataset)?;
        let auxiliary = spec.data.auxiliary.iter().enumerate().map(|(at, name)| load(at + 1, name));
        let auxiliary = auxiliary.collect::<Result<Vec<_>, _>>()?;
        let symbols = match &spec.data.symbols {
            Some(names) => known_symbols(source, names, &tradable(&dataset), &dataset)?,
            None => tradable(&dataset),
        };
        if symbols.is_empty() {
            let message = format!("dataset `{}` has no symbol with open, high, low and close", dataset.name);
            return Err(source.error(spec.data.dataset.1, message, None));
        }
        let period = period(source, &spec, &dataset, &symbols)?;
        let strategies = planned_strategies(source, &spec, &symbols, &dataset)?;
        let classifiers: Vec<PlannedClassifier> = spec
            .classifiers
            .into_iter()
            .map(|c| PlannedClassifier {
                name: c.chosen.definition.name.clone(),
                chosen: c.chosen,
                parameters: c.parameters,
            })
            .collect();
        let mut plan = Self {
            name: spec.name,
            symbols,
            period,
            bars_per_year: spec.bars_per_year.unwrap_or(dataset.calendar.bars_per_year),
            execution: spec.execution,
            staleness: spec.data.staleness,
            other_symbols: BTreeSet::new(),
            auxiliary,
            strategies,
            classifiers,
            keep: spec.keep,
            notes: Vec::new(),
            source_name: source.name.to_owned(),
            source_text: source.text.to_owned(),
            dataset,
        };
        plan.check_surroundings(source)?;
        plan.note_whole_units();
        Ok(plan)
    }

    /// Puts every combination of parameters in place once, so that a run does not begin that cannot end. Gives the
    /// number of strategies before duplicates are dropped.
    ///
    /// # Errors
    /// [`WorkflowError::Input`] for a combination that makes no rule, such as a window of no bars.
    pub fn check(&self, graph: &mut Graph) -> Result<usize, WorkflowError> {
        let mut strategies = 0;
        for strategy in &self.strategies {
            for parameters in strategy.grid.iter() {
                self.bind_strategy(strategy, &parameters, graph)?;
                strategies += strategy.symbols.len();
            }
        }
        Ok(strategies)
    }

    /// Puts the parameters of a strategy in place.
    pub fn bind_strategy(
        &self,
        strategy: &PlannedStrategy,
        parameters: &Parameters,
        graph: &mut Graph,
    ) -> Result<BoundStrategy, WorkflowError> {
        let bound = strategy.chosen.definition.bind_strategy(parameters, graph);
        bound.map_err(|e| self.rule_error(&strategy.chosen, &e, parameters))
    }

    /// What a strategy's rules mean beyond their text, as canonical lines: the classifiers that they name, and when
    /// another symbol's value is stale. Part of the identity of the strategy and of the trial.
    pub fn context(&self, strategy: &PlannedStrategy, classifiers: &[BoundClassifier]) -> String {
        let definition = &strategy.chosen.definition;
        let mut lines = String::new();
        let mut reads_others = !definition.symbols().is_empty();
        for name in definition.regimes() {
            let named = |(planned, bound): &(&PlannedClassifier, &BoundClassifier)| {
                planned.name == name || bound.role.name() == name
            };
            if let Some((planned, bound)) = self.classifiers.iter().zip(classifiers).find(named) {
                reads_others |= !planned.chosen.definition.symbols().is_empty();
                lines += &format!("\nregime({name}): {}", bound.canonical.replace('\n', "; "));
            }
        }
        if reads_others {
            lines += &format!("\nstaleness: {}", self.staleness);
        }
        lines
    }

    /// Puts the parameters of all classifiers in place.
    pub fn bind_classifiers(&self, graph: &mut Graph) -> Result<Vec<BoundClassifier>, WorkflowError> {
        let bind = |c: &PlannedClassifier| {
            let bound = c.chosen.definition.bind_classifier(&c.parameters, graph);
            bound.map_err(|e| self.rule_error(&c.chosen, &e, &c.parameters))
        };
        self.classifiers.iter().map(bind).collect()
    }

    /// An error in a definition, in the file where the definition stands.
    fn rule_error(&self, chosen: &Chosen, error: &RuleError, parameters: &Parameters) -> WorkflowError {
        let name = &chosen.definition.name;
        let (file, text) = match library::source(name).filter(|_| chosen.from_library) {
            Some(text) => (format!("library/{name}.yaml"), text.to_owned()),
            None => (self.source_name.clone(), self.source_text.clone()),
        };
        let Span { start, end } = error.span();
        let with = if parameters.is_empty() { String::new() } else { format!(" (with {parameters})") };
        WorkflowError::Input {
            message: format!("{error}{with}"),
            snippet: Box::new(Snippet { name: file, text, start, end }),
            help: error.help(),
        }
    }

    /// Rules may name symbols of the data and classifiers of the run, and nothing else.
    fn check_surroundings(&mut self, source: &Source<'_>) -> Result<(), WorkflowError> {
        let datasets = std::iter::once(&self.dataset).chain(&self.auxiliary);
        let symbols: BTreeSet<String> =
            datasets.flat_map(|d| d.symbols.iter().map(|b| b.symbol().to_owned())).collect();
        let mut regimes: BTreeMap<String, Role> = BTreeMap::new();
        for classifier in &self.classifiers {
            let Some(role) = classifier.chosen.definition.role() else { continue };
            regimes.insert(classifier.name.clone(), role);
            regimes.entry(role.name().to_owned()).or_insert(role);
        }
        let around = Surroundings { symbols: &symbols, regimes: &regimes };
        let definitions =
            self.strategies.iter().map(|s| &s.chosen).chain(self.classifiers.iter().map(|c| &c.chosen));
        let mut named = BTreeSet::new();
        for chosen in definitions {
            chosen.definition.check_surroundings(&around).map_err(|e| {
                if chosen.from_library {
                    source.error(chosen.span, e.to_string(), e.help())
                } else {
                    source.rule(&e)
                }
            })?;
            named.extend(chosen.definition.symbols());
        }
        self.other_symbols = named;
        Ok(())
    }

    /// A warning where rules compare adjusted prices with a level (rule 3).
    pub fn note_levels(&self, graph: &Graph) -> Option<String> {
        let adjusted = self.execution.prices == Prices::Adjusted && self.is_adjustable();
        let note = "a rule compares a price with a fixed level, and the prices are adjusted: later splits and \
                    dividends have moved them; write `prices: raw` under `data`, or compare with another price";
        (adjusted && graph.compares_price_with_level()).then(|| note.to_owned())
    }

    /// True when a traded symbol has an adjustment factor.
    fn is_adjustable(&self) -> bool {
        self.symbols.iter().filter_map(|s| self.dataset.symbol(s)).any(|b| b.adjustment.is_some())
    }

    /// Adjusted prices embed later splits, so whole units of them were never tradable (rule 3).
    fn note_whole_units(&mut self) {
        if self.execution.whole_units && self.execution.prices == Prices::Adjusted && self.is_adjustable() {
            let note = "whole units of adjusted prices: later splits and dividends are in the prices, so these \
                        numbers of units were never tradable; write `prices: raw` under `data`";
            self.notes.push(note.to_owned());
        }
    }
}

type Load<'a> = dyn Fn(usize, &(String, Span)) -> Result<Dataset, WorkflowError> + 'a;

/// The version of a dataset that a run was evaluated on.
fn load_version(workspace: &Workspace, name: &str, version: ContentHash) -> Result<Dataset, WorkflowError> {
    market::load(&workspace.market(), &format!("{name}@{version}")).map_err(|e| match e {
        market::MarketError::NotFound { .. } | market::MarketError::NoVersion { .. } => WorkflowError::Data {
            message: format!(
                "the run was evaluated on {name}@{version}, which is not in this workspace any more"
            ),
            help: Some(format!("import the same files as `{name}` again: equal bars make an equal version")),
        },
        _ => e.into(),
    })
}

fn load(workspace: &Workspace, source: &Source<'_>, name: &(String, Span)) -> Result<Dataset, WorkflowError> {
    market::load(&workspace.market(), &name.0).map_err(|e| match e {
        market::MarketError::NotFound { .. }
        | market::MarketError::Version { .. }
        | market::MarketError::NoVersion { .. }
        | market::MarketError::Name(_) => source.error(name.1, e.to_string(), None),
        _ => e.into(),
    })
}

fn tradable(dataset: &Dataset) -> Vec<String> {
    dataset.symbols.iter().filter(|b| b.is_tradable()).map(|b| b.symbol().to_owned()).collect()
}

/// First and last time to evaluate: as the spec says, else all of the data. Every symbol needs bars in it.
fn period(
    source: &Source<'_>,
    spec: &Spec,
    dataset: &Dataset,
    symbols: &[String],
) -> Result<(Timestamp, Timestamp), WorkflowError> {
    let bars: Vec<_> = symbols.iter().filter_map(|symbol| dataset.symbol(symbol)).collect();
    let first = bars.iter().filter_map(|b| b.timestamps().first()).min();
    let last = bars.iter().filter_map(|b| b.timestamps().last()).max();
    let (Some(first), Some(last)) = (first, last) else {
        let message = format!("dataset `{}` has no bars to trade", dataset.name);
        return Err(source.error(spec.data.dataset.1, message, None));
    };
    let (from, to) = (spec.data.from.unwrap_or(*first), spec.data.to.unwrap_or(*last));
    for bars in bars {
        let inside = bars.timestamps().iter().filter(|t| (from..=to).contains(*t)).count();
        if inside < 2 {
            let (first, last) = (bars.timestamps()[0], bars.timestamps()[bars.len() - 1]);
            let symbol = bars.symbol();
            let message = format!("`{symbol}` has {inside} bars from {from} to {to}: at least 2 are needed");
            let help =
                format!("its bars are from {first} to {last}: change `from` and `to`, or leave {symbol} out");
            return Err(source.error(spec.data.span, message, Some(help)));
        }
    }
    Ok((from, to))
}

/// Checks that symbols are there and can be traded.
fn known_symbols(
    source: &Source<'_>,
    names: &[(String, Span)],
    tradable: &[String],
    dataset: &Dataset,
) -> Result<Vec<String>, WorkflowError> {
    let check = |(name, span): &(String, Span)| {
        if tradable.contains(name) {
            return Ok(name.clone());
        }
        if dataset.symbol(name).is_some() {
            let message = format!("`{name}` has bars without open, high, low or close and cannot be traded");
            let help = format!("name it in rules as close@{name}");
            return Err(source.error(*span, message, Some(help)));
        }
        let message = format!("dataset `{}` has no symbol `{name}`", dataset.name);
        let help = match nearest(name, tradable.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", tradable.join(", ")),
        };
        Err(source.error(*span, message, Some(help)))
    };
    names.iter().map(check).collect()
}

fn planned_strategies(
    source: &Source<'_>,
    spec: &Spec,
    symbols: &[String],
    dataset: &Dataset,
) -> Result<Vec<PlannedStrategy>, WorkflowError> {
    let plan = |strategy: &crate::spec::StrategySpec| {
        let span = strategy.chosen.span;
        if strategy.grid.len() > MAX_COMBINATIONS {
            let message =
                format!("the grid has {} combinations, allowed are {MAX_COMBINATIONS}", strategy.grid.len());
            return Err(source.error(
                span,
                message,
                Some("use a larger step or fewer parameters".to_owned()),
            ));
        }
        if strategy.grid.iter().next().is_none() {
            let message = "no combination of parameters satisfies `where`";
            return Err(source.error(span, message, Some("widen the grid or relax `where`".to_owned())));
        }
        let chosen_symbols = match &strategy.symbols {
            Some(names) => known_symbols(source, names, symbols, dataset)?,
            None => symbols.to_vec(),
        };
        let index = |name: &String| symbols.iter().position(|s| s == name);
        Ok(PlannedStrategy {
            chosen: strategy.chosen.clone(),
            version: version(&strategy.chosen.definition),
            grid: strategy.grid.clone(),
            symbols: chosen_symbols.iter().filter_map(index).collect(),
        })
    };
    spec.strategies.iter().map(plan).collect()
}

/// Content hash of a definition's rules as written.
fn version(definition: &Definition) -> String {
    let rules = definition.rules.iter().flat_map(|(key, rule)| [key.as_bytes(), rule.as_bytes()]);
    ContentHash::of(&rules.collect::<Vec<_>>()).to_string()
}
