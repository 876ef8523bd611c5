//! A finished run opened again: its spec on its versions of the data, so that any of its strategies can be evaluated
//! anew from the run's folder alone.
//!
//! Everything that looks closer at a run than its stored rows begins with [`Replay::open`]:
//!
//! ```text
//! let mut replay = Replay::open(&workspace, "@last")?;      // spec, data, definitions, symbols, classifiers
//! let keys = replay.keys()?;                                // what strategies are found by, from the run's file
//! let sums = replay.equities(&keys, None, |key, equity| {   // many: in parallel, nothing kept but what you return
//!     returns(replay_capital, equity).sum::<f64>()
//! })?;
//! let one = replay.strategy(&keys[0])?;                     // one: trades, signals, curve, labels, verification
//! ```

mod select;
mod strategy;
mod tables;
mod verify;

pub(crate) use select::select;
pub use strategy::{Baseline, StrategyReplay};
pub use tables::{ReplayTable, table};
pub use verify::{Difference, Verification};

use crate::plan::{Plan, PlannedStrategy};
use crate::run::ENGINE_VERSION;
use crate::run::identity::Identity;
use crate::run::rows::Item;
use crate::run::symbols::Symbols;
use crate::spec::Source;
use crate::{WorkflowError, Workspace};
use admf_engine::{Candidate, Mode, Path, Sweep, Workers};
use admf_model::{ParameterValue, Parameters, Timestamp};
use admf_rules::{BoundClassifier, Graph, ParameterKind};
use admf_store::run::{self, RunMetadata, StrategyKey};
use std::num::NonZeroUsize;

/// A finished run, ready to evaluate any of its strategies again.
#[derive(Debug)]
pub struct Replay {
    /// What the run's `metadata.json` says.
    pub metadata: RunMetadata,
    /// What the user should know: results of another version of the engine may differ.
    pub notes: Vec<String>,
    /// The plan, on the versions of the data that the run was evaluated on.
    pub plan: Plan,
    workspace: Workspace,
    identity: Identity,
    classifiers: Vec<BoundClassifier>,
    graph: Graph,
    symbols: Symbols,
}

impl Replay {
    /// Opens a finished run by the beginning of its id, or `@last`.
    ///
    /// # Errors
    /// When no finished run is meant, its spec was changed, or a version of its data is gone.
    pub fn open(workspace: &Workspace, run: &str) -> Result<Self, WorkflowError> {
        let metadata = run::resolve_complete(workspace, run)?;
        if metadata.facts.is_adopted() {
            return Err(adopted(metadata.run_id));
        }
        let text = run::spec(workspace, metadata.run_id)?;
        let name = format!("runs/{}/spec.yaml", metadata.run_id);
        let plan = Plan::of_run(workspace, &Source::new(&name, &text), &metadata.facts)?;
        let identity = Identity::new(&plan.execution, plan.bars_per_year, plan.dataset.interval);
        let mut graph = Graph::new();
        let classifiers = plan.bind_classifiers(&mut graph)?;
        let symbols = Symbols::prepare(&plan, &classifiers, &identity, &graph)?;
        let by = &metadata.facts.engine_version;
        let note =
            format!("the run was computed by ADMF {by}, this is ADMF {ENGINE_VERSION}: results may differ");
        let notes = (by != ENGINE_VERSION).then_some(note).into_iter().collect();
        let workspace = workspace.clone();
        Ok(Self { metadata, notes, plan, workspace, identity, classifiers, graph, symbols })
    }

    /// What every strategy of the run is found by, in the order of evaluation.
    pub fn keys(&self) -> Result<Vec<StrategyKey>, WorkflowError> {
        Ok(run::strategy_keys(&self.workspace, self.metadata.run_id)?)
    }

    /// Starting capital of every strategy.
    pub fn capital(&self) -> f64 {
        self.plan.execution.capital
    }

    /// Closing times of the evaluated bars of a symbol; `None` for a symbol that the run does not trade.
    pub fn timestamps(&self, symbol: &str) -> Option<&[Timestamp]> {
        let at = self.symbol(symbol)?;
        let market = &self.symbols.data[at].market;
        Some(&market.bars.timestamps()[market.window.clone()])
    }

    /// Evaluates strategies again, in parallel, and hands the net equity of each at every evaluated close of its symbol
    /// (as many as [`Replay::timestamps`] of the symbol) to `each`. What `each` returns comes back in the order of
    /// `keys`; curves are not kept. `threads` is `None` for all processors.
    ///
    /// # Errors
    /// When a strategy is no longer what the run evaluated, see [`Replay::strategy`].
    pub fn equities<T: Send>(
        &mut self,
        keys: &[StrategyKey],
        threads: Option<NonZeroUsize>,
        each: impl Fn(&StrategyKey, &[f64]) -> T + Sync,
    ) -> Result<Vec<T>, WorkflowError> {
        let candidates: Vec<Candidate> =
            keys.iter().map(|key| Ok(self.bind(key)?.1)).collect::<Result<_, WorkflowError>>()?;
        self.extend()?;
        let threads = threads.or_else(|| std::thread::available_parallelism().ok());
        let workers = Workers::new(threads.unwrap_or(NonZeroUsize::MIN))
            .map_err(|e| WorkflowError::System(e.to_string()))?;
        let sweep =
            Sweep { graph: &self.graph, symbols: &self.symbols.data, mode: Mode::full(Path::BarByBar) };
        Ok(admf_engine::equities(&workers, &sweep, &candidates, |at, equity| each(&keys[at], equity)))
    }

    /// Computes the columns that rules bound since the last call need.
    fn extend(&mut self) -> Result<(), WorkflowError> {
        let graph = &self.graph;
        let extend = |data: &mut admf_engine::SymbolData| data.extend(graph);
        self.symbols.data.iter_mut().try_for_each(extend).map_err(|e| WorkflowError::data(e.to_string()))
    }

    fn symbol(&self, name: &str) -> Option<usize> {
        self.plan.symbols.iter().position(|symbol| symbol == name)
    }

    /// The rule of a stored strategy with its parameters in place, and what the strategy is called. Being called the
    /// same proves that rule, prices, execution and costs are the same.
    fn bind(&mut self, key: &StrategyKey) -> Result<(Item, Candidate), WorkflowError> {
        let Self { plan, identity, classifiers, graph, .. } = self;
        let symbol = plan.symbols.iter().position(|symbol| *symbol == key.symbol);
        // A spec may name one definition several times, with other symbols in it.
        let planned = plan.strategies.iter().filter(|s| s.chosen.definition.name == key.strategy_type);
        for (planned, symbol) in planned.zip(symbol.into_iter().cycle()) {
            let Some(parameters) = parameters(planned, &key.parameters.0) else { continue };
            let rule = plan.bind_strategy(planned, &parameters, graph)?;
            let text = format!("{}{}", rule.canonical, plan.context(planned, classifiers));
            let item = Item::new(identity, planned, (symbol, &key.symbol), parameters, text);
            if item.strategy_id == key.strategy_id {
                return Ok((item, Candidate { symbol, rule }));
            }
        }
        Err(self.changed(key))
    }

    fn changed(&self, key: &StrategyKey) -> WorkflowError {
        let StrategyKey { strategy_id, strategy_type, .. } = key;
        let by = &self.metadata.facts.engine_version;
        WorkflowError::Data {
            message: format!(
                "strategy {strategy_id} cannot be evaluated again: `{strategy_type}` means another rule in this ADMF \
                 {ENGINE_VERSION} than in ADMF {by}, which computed the run"
            ),
            help: Some(
                "run the spec again for results of this version; what is stored can be read with `admf sql`"
                    .to_owned(),
            ),
        }
    }
}

/// Why nothing of an adopted run can be evaluated.
fn adopted(run: admf_model::RunId) -> WorkflowError {
    let id = &run.to_string()[..8];
    WorkflowError::Usage {
        message: format!(
            "run {id} was imported from another program: its strategies cannot be evaluated here"
        ),
        help: Some(format!(
            "`admf runs show {id}` shows what is stored; positions are compared by `admf analytics correlations \
             --of signals`"
        )),
    }
}

/// Returns of the evaluated bars from equity at their closes, the first against the starting capital. Fractions; 0 once
/// equity is gone.
pub fn returns(capital: f64, equity: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let before = std::iter::once(capital).chain(equity.iter().copied());
    before.zip(equity).map(|(before, after)| admf_stats::simple_return(before, *after))
}

/// Stored parameters as the definition declares them; `None` when it declares others.
fn parameters(planned: &PlannedStrategy, json: &str) -> Option<Parameters> {
    let stored: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).ok()?;
    let declared = &planned.chosen.definition.parameters;
    let value = |parameter: &admf_rules::ParameterDefinition| {
        let value = stored.get(&parameter.name)?;
        let value = match parameter.kind {
            ParameterKind::Integer => ParameterValue::Integer(value.as_i64()?),
            ParameterKind::Number => ParameterValue::Number(value.as_f64()?),
        };
        Some((parameter.name.clone(), value))
    };
    let values: Vec<_> = declared.iter().map(value).collect::<Option<_>>()?;
    let others = &planned.chosen.definition.others;
    // Runs of earlier versions do not say which the other symbols are.
    let named = others.iter().filter(|other| stored.contains_key(&other.name)).count();
    let same = others.iter().all(|other| {
        stored.get(&other.name).is_none_or(|symbol| symbol.as_str() == Some(other.symbol.as_str()))
    });
    (same && stored.len() == values.len() + named).then(|| Parameters::new(values))
}

#[cfg(test)]
mod tests;
