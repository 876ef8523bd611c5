//! The plan of a run: everything that a spec names, found and checked, before anything is computed.

use crate::WorkflowError;
use crate::spec::{Chosen, ClassifierSpec, KeepSpec, Source, SourceText, Spec, SpecProblem};
use crate::words::{counted, grouped};
use admf_model::{ContentHash, Dataset, Execution, Parameters, Prices, Timestamp};
use admf_rules::grid::MAX_COMBINATIONS;
use admf_rules::{
    BoundClassifier, BoundStrategy, Definition, Graph, Grid, RuleError, Span, Surroundings, library, nearest,
};
use admf_store::run::RunFacts;
use admf_store::{Workspace, market};
use std::collections::{BTreeMap, BTreeSet};

mod fixed;
mod idle;
mod symbols;

pub(crate) use fixed::{in_words, reason};
use idle::Idle;
use symbols::{chosen_symbols, tradable};

/// Combinations between two reports of how far checking them is.
const LOOKED: usize = 1024;

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
    source: SourceText,
}

/// What checking every combination of parameters found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Strategies before duplicates are dropped.
    pub strategies: usize,
    /// What the user should know before the run.
    pub notes: Vec<String>,
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
        Self::with(source, &|_, name| load(workspace, name))
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
            Some((dataset, version)) => load_version(workspace, dataset, *version).map(Ok),
            None => Ok(Err(SpecProblem::new(name.1, "the run did not use this dataset"))),
        })
    }

    /// `load` is given the position of a dataset, 0 for the run's own and 1 on for the auxiliary ones, and its name.
    fn with(source: &Source<'_>, load: &Load<'_>) -> Result<Self, WorkflowError> {
        let mut problems = Vec::new();
        let Some(spec) = Spec::read(source, &mut problems) else { return Err(source.problems(problems)) };
        let dataset = load(0, &spec.data.dataset)?.map_err(|problem| problems.push(problem)).ok();
        let mut auxiliary = Vec::new();
        for (at, name) in spec.data.auxiliary.iter().enumerate() {
            match load(at + 1, name)? {
                Ok(dataset) => auxiliary.push(dataset),
                Err(problem) => problems.push(problem),
            }
        }
        let Some(dataset) = dataset else { return Err(source.problems(problems)) };
        let span = spec.data.dataset.1;
        let all = tradable(&dataset);
        if all.is_empty() {
            let message = format!("dataset `{}` has no symbol with open, high, low and close", dataset.name);
            problems.push(SpecProblem::new(span, message));
            return Err(source.problems(problems));
        }
        let symbols = chosen_symbols(spec.data.symbols.as_deref(), &all, &dataset, &mut problems);
        let on = if symbols.is_empty() { &all } else { &symbols };
        let Some(period) = period(&spec, &dataset, on, &mut problems) else {
            problems.push(SpecProblem::new(span, format!("dataset `{}` has no bars to trade", dataset.name)));
            return Err(source.problems(problems));
        };
        let strategies = planned_strategies(&spec, on, &dataset, &mut problems);
        let known = Known {
            symbols: auxiliary.len() == spec.data.auxiliary.len(),
            regimes: spec.has_all_classifiers,
        };
        let mut plan = Self::of(spec, dataset, auxiliary, (symbols, period, strategies), source);
        plan.check_surroundings(known, &mut problems);
        if !problems.is_empty() {
            return Err(source.problems(problems));
        }
        plan.note_whole_units();
        plan.note_samples();
        Ok(plan)
    }

    fn of(
        spec: Spec,
        dataset: Dataset,
        auxiliary: Vec<Dataset>,
        (symbols, period, strategies): (Vec<String>, (Timestamp, Timestamp), Vec<PlannedStrategy>),
        source: &Source<'_>,
    ) -> Self {
        let planned = |c: ClassifierSpec| PlannedClassifier {
            name: c.chosen.definition.name.clone(),
            chosen: c.chosen,
            parameters: c.parameters,
        };
        Self {
            name: spec.name,
            symbols,
            period,
            bars_per_year: spec.bars_per_year.unwrap_or(dataset.calendar.bars_per_year),
            execution: spec.execution,
            staleness: spec.data.staleness,
            other_symbols: BTreeSet::new(),
            auxiliary,
            strategies,
            classifiers: spec.classifiers.into_iter().map(planned).collect(),
            keep: spec.keep,
            notes: Vec::new(),
            source: source.to_text(),
            dataset,
        }
    }

    /// Puts every combination of parameters in place once, so that a run does not begin that cannot end. `looked` is
    /// told now and then how many combinations of how many were looked at. Only functions stay in the graph.
    ///
    /// # Errors
    /// [`WorkflowError::Input`] for a combination that makes no rule, such as a window of no bars;
    /// [`WorkflowError::Inputs`] where several entries have one.
    pub fn check(
        &self,
        graph: &mut Graph,
        looked: &mut dyn FnMut(u64, u64),
    ) -> Result<Checked, WorkflowError> {
        self.check_first(usize::MAX, graph, looked)
    }

    /// [`Plan::check`] of the first combinations of each entry only.
    ///
    /// # Errors
    /// As [`Plan::check`].
    pub fn check_first(
        &self,
        combinations: usize,
        graph: &mut Graph,
        looked: &mut dyn FnMut(u64, u64),
    ) -> Result<Checked, WorkflowError> {
        let (mut strategies, mut notes, mut errors) = (0, Vec::new(), Vec::new());
        let steps = |strategy: &PlannedStrategy| u64::try_from(strategy.grid.steps()).unwrap_or(u64::MAX);
        let of = self.strategies.iter().map(steps).fold(0_u64, u64::saturating_add);
        let mut before = 0_u64;
        let prices = fixed::Prices::of(self);
        for strategy in &self.strategies {
            let fixed = fixed::look(self, strategy, &prices);
            let mut idle = Idle::new(self, strategy);
            let mut grid = strategy.grid.iter();
            for count in 0..combinations {
                let Some(parameters) = grid.next() else { break };
                match self.bind_strategy(strategy, &parameters, graph) {
                    Ok(bound) => idle.look(&bound, &parameters, graph),
                    Err(error) => {
                        errors.push(error);
                        break;
                    }
                }
                strategies += strategy.symbols.len();
                if count % LOOKED == 0 {
                    looked(before + grid.looked(), of);
                    graph.trim();
                }
            }
            before += steps(strategy);
            // What is known for all combinations need not be said of one.
            let idle = if fixed.is_idle { None } else { idle.note() };
            notes.extend(fixed.notes.into_iter().chain(idle));
        }
        match errors.len() {
            0 => {}
            1 => return Err(errors.remove(0)),
            found => {
                return Err(WorkflowError::Inputs { name: self.source.name().to_owned(), errors, found });
            }
        }
        notes.extend(self.note_levels(graph));
        Ok(Checked { strategies, notes })
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
        let with = if parameters.is_empty() { String::new() } else { format!(" (with {parameters})") };
        let message = format!("{error}{with}");
        match library::source(name).filter(|_| chosen.from_library) {
            Some(text) => {
                let file = format!("library/{name}.yaml");
                Source::new(&file, text).error(error.span(), message, error.help())
            }
            None => self.source.view().error(error.span(), message, error.help()),
        }
    }

    /// Checks what rules name, and remembers which other symbols they name.
    fn check_surroundings(&mut self, known: Known, problems: &mut Vec<SpecProblem>) {
        let datasets = std::iter::once(&self.dataset).chain(&self.auxiliary);
        let symbols: BTreeSet<String> =
            datasets.flat_map(|d| d.symbols.iter().map(|b| b.symbol().to_owned())).collect();
        let mut regimes = BTreeMap::new();
        for classifier in &self.classifiers {
            let Some(role) = classifier.chosen.definition.role() else { continue };
            regimes.insert(classifier.name.clone(), role);
            regimes.entry(role.name().to_owned()).or_insert(role);
        }
        let around = Surroundings {
            symbols: known.symbols.then_some(&symbols),
            regimes: known.regimes.then_some(&regimes),
        };
        let definitions =
            self.strategies.iter().map(|s| &s.chosen).chain(self.classifiers.iter().map(|c| &c.chosen));
        let mut named = BTreeSet::new();
        for chosen in definitions {
            for error in chosen.definition.check_surroundings(&around) {
                let problem = SpecProblem::from(error);
                let span = if chosen.from_library { chosen.span } else { problem.span };
                problems.push(SpecProblem { span, ..problem });
            }
            named.extend(chosen.definition.symbols());
        }
        self.other_symbols = named;
    }

    /// A warning where rules compare adjusted prices with a level (rule 3).
    fn note_levels(&self, graph: &Graph) -> Option<String> {
        let adjusted = self.execution.prices == Prices::Adjusted && self.is_adjustable();
        let note = "a rule compares a price with a fixed level, and the prices are adjusted: later splits and \
                    dividends have moved them; write `prices: raw` under `data`, or compare with another price";
        (adjusted && graph.compares_price_with_level()).then(|| note.to_owned())
    }

    /// A random subset is not the grid that its axes show.
    fn note_samples(&mut self) {
        let entries = self.strategies.iter().filter_map(|s| Some((s, s.grid.sample()?)));
        let notes = entries.map(|(strategy, sample)| {
            let (name, all) = (&strategy.chosen.definition.name, grouped(strategy.grid.len()));
            let (count, seed) = (grouped(sample.count as u128), sample.seed);
            format!("{name}: {count} of {all} combinations, drawn at random with seed {seed}")
        });
        self.notes.extend(notes.collect::<Vec<_>>());
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

/// Whether all that rules may name is known, or something is left out because it is wrong itself.
#[derive(Clone, Copy)]
struct Known {
    symbols: bool,
    regimes: bool,
}

/// A dataset, or what is wrong with its name.
type Loaded = Result<Dataset, SpecProblem>;
type Load<'a> = dyn Fn(usize, &(String, Span)) -> Result<Loaded, WorkflowError> + 'a;

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

fn load(workspace: &Workspace, name: &(String, Span)) -> Result<Loaded, WorkflowError> {
    use market::MarketError as Wrong;
    let (name, span) = (name.0.as_str(), name.1);
    let problem = |error: &Wrong| SpecProblem::new(span, error.to_string());
    match market::load(&workspace.market(), name) {
        Ok(dataset) => Ok(Ok(dataset)),
        Err(Wrong::NotFound { name, known }) => {
            let near = nearest(&name, known.iter().map(String::as_str)).map(str::to_owned);
            let problem = problem(&Wrong::NotFound { name, known });
            Ok(Err(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            }))
        }
        Err(error @ (Wrong::Version { .. } | Wrong::NoVersion { .. } | Wrong::Name(_))) => {
            Ok(Err(problem(&error)))
        }
        Err(error) => Err(error.into()),
    }
}

/// First and last time to evaluate: as the spec says, else all of the data. Every symbol needs bars in it.
fn period(
    spec: &Spec,
    dataset: &Dataset,
    symbols: &[String],
    problems: &mut Vec<SpecProblem>,
) -> Option<(Timestamp, Timestamp)> {
    let bars: Vec<_> = symbols.iter().filter_map(|symbol| dataset.symbol(symbol)).collect();
    let first = bars.iter().filter_map(|b| b.timestamps().first()).min()?;
    let last = bars.iter().filter_map(|b| b.timestamps().last()).max()?;
    let (from, to) = (spec.data.from.unwrap_or(*first), spec.data.to.unwrap_or(*last));
    for bars in bars {
        let inside = bars.timestamps().iter().filter(|t| (from..=to).contains(*t)).count();
        if inside < 2 {
            let (first, last) = (bars.timestamps()[0], bars.timestamps()[bars.len() - 1]);
            let symbol = bars.symbol();
            let inside = counted(inside, "bar", "bars");
            let message = format!("`{symbol}` has {inside} from {from} to {to}: at least 2 are needed");
            let help =
                format!("its bars are from {first} to {last}: change `from` and `to`, or leave {symbol} out");
            problems.push(SpecProblem::new(spec.data.span, message).help(help));
        }
    }
    Some((from, to))
}

fn planned_strategies(
    spec: &Spec,
    symbols: &[String],
    dataset: &Dataset,
    problems: &mut Vec<SpecProblem>,
) -> Vec<PlannedStrategy> {
    let mut planned = Vec::with_capacity(spec.strategies.len());
    let mut all = 0_u128;
    for strategy in &spec.strategies {
        let span = strategy.chosen.span;
        let before = all <= MAX_COMBINATIONS;
        all = all.saturating_add(strategy.grid.steps());
        if strategy.grid.steps() > MAX_COMBINATIONS {
            let (combinations, limit) = (grouped(strategy.grid.len()), grouped(MAX_COMBINATIONS));
            let message = format!("the grid has {combinations} combinations, allowed are {limit}");
            let help = "use a larger step or fewer parameters, or try a random subset: `sample: 10000`";
            problems.push(SpecProblem::new(span, message).help(help));
        } else if before && all > MAX_COMBINATIONS {
            let limit = grouped(MAX_COMBINATIONS);
            let message =
                format!("with this grid the spec has more than {limit} combinations, the most allowed");
            let help = "try them in several runs, or a random subset: `sample: 10000`";
            problems.push(SpecProblem::new(span, message).help(help));
        } else if strategy.grid.iter().next().is_none() {
            let message = "no combination of parameters satisfies `where`";
            problems.push(SpecProblem::new(span, message).help("widen the grid or relax `where`"));
        }
        let chosen = chosen_symbols(strategy.symbols.as_deref(), symbols, dataset, problems);
        let index = |name: &String| symbols.iter().position(|s| s == name);
        planned.push(PlannedStrategy {
            chosen: strategy.chosen.clone(),
            version: version(&strategy.chosen.definition),
            grid: strategy.grid.clone(),
            symbols: chosen.iter().filter_map(index).collect(),
        });
    }
    planned
}

/// Content hash of a definition's rules as written.
fn version(definition: &Definition) -> String {
    let others = definition.others.iter().map(|other| (&other.name, &other.symbol));
    let rules = definition.rules.iter().map(|(key, rule)| (key, rule)).chain(others);
    let rules = rules.flat_map(|(key, text)| [key.as_bytes(), text.as_bytes()]);
    ContentHash::of(&rules.collect::<Vec<_>>()).to_string()
}
