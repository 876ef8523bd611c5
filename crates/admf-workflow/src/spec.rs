//! The spec: one YAML file that says what a run is. Parsed and checked for form; what it names is looked up by
//! [`crate::plan`].

mod costs;
mod data;
mod execution;
mod include;
mod keep;
pub mod keys;
pub mod schema;
mod source;
mod strategies;

pub use data::DataSpec;
pub use keep::Keep;
pub use source::Source;
pub(crate) use source::SourceText;
pub use strategies::{Chosen, ClassifierSpec, StrategySpec};

use crate::WorkflowError;
use admf_model::Execution;
use admf_rules::yaml::{Fields, Node};
use admf_rules::{RuleError, Span};

/// A parsed spec. Spans are byte offsets into its text.
#[derive(Clone, Debug)]
pub struct Spec {
    /// What the run calls itself; the file's name where the spec has none.
    pub name: String,
    /// Which bars.
    pub data: DataSpec,
    /// What is tried, in order.
    pub strategies: Vec<StrategySpec>,
    /// By what performance is split, in order; a name occurs once.
    pub classifiers: Vec<ClassifierSpec>,
    /// Fills, capital and costs.
    pub execution: Execution,
    /// Bars per year, instead of the dataset's.
    pub bars_per_year: Option<f64>,
    /// What is stored besides metrics.
    pub keep: KeepSpec,
    /// False when a classifier is wrong and left out, so that rules may name one that is not here.
    pub(crate) has_all_classifiers: bool,
}

/// What the spec says about storing; undecided where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeepSpec {
    /// Store trades.
    pub trades: Option<bool>,
    /// Store signals.
    pub signals: Option<bool>,
    /// Only the metrics of net returns and of trades.
    pub net: bool,
}

/// What can be wrong with the form of a spec.
#[derive(Debug)]
pub(crate) struct SpecProblem {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl SpecProblem {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl<E: Into<RuleError>> From<E> for SpecProblem {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { span: error.span(), message: error.to_string(), help: error.help() }
    }
}

impl Spec {
    /// Reads a spec.
    ///
    /// # Errors
    /// All that is wrong with its form: [`WorkflowError::Input`], or [`WorkflowError::Inputs`] for several problems,
    /// each with the place, what is wrong and what to do.
    pub fn parse(source: &Source<'_>) -> Result<Self, WorkflowError> {
        let mut problems = Vec::new();
        match Self::read(source, &mut problems) {
            Some(spec) if problems.is_empty() => Ok(spec),
            _ => Err(source.problems(problems)),
        }
    }

    /// What can be read of a spec; what is wrong with the rest goes to `problems`.
    pub(crate) fn read(source: &Source<'_>, problems: &mut Vec<SpecProblem>) -> Option<Self> {
        let root = source.root().map_err(|problem| problems.push(problem)).ok()?;
        let expected = "a spec: a map with `data` and `strategies`";
        is_no_definition(&root).map_err(|problem| problems.push(problem)).ok()?;
        let fields = Fields::read(&root, expected, &[&keys::SPEC], problems)?;
        let mut execution = execution::read(fields.get("execution"), problems);
        let data = fields.get("data").and_then(|node| data::read(node, &mut execution, problems));
        execution.costs = costs::read(fields.get("costs"), problems);
        let bars_per_year = execution::read_metrics(fields.get("metrics"), &mut execution, problems);
        let strategies = fields.get("strategies").map(|node| strategies::read(node, problems));
        let before = problems.len();
        let classifiers = strategies::read_classifiers(fields.get("classifiers"), problems);
        let has_all_classifiers = problems.len() == before;
        Some(Self {
            name: fields.text("name").map_or_else(|| source.stem(), str::to_owned),
            classifiers,
            has_all_classifiers,
            keep: keep::read(fields.get("keep"), problems),
            data: data?,
            strategies: strategies?,
            execution,
            bars_per_year,
        })
    }
}

/// A strategy or a classifier alone, such as one copied from the library, belongs into a spec.
fn is_no_definition(root: &Node) -> Result<(), SpecProblem> {
    let has = |key: &str| root.get(key).is_some();
    let list = match (has("long") || has("short"), has("labels")) {
        _ if has("strategies") || has("data") => return Ok(()),
        (true, _) => "strategies",
        (_, true) => "classifiers",
        _ => return Ok(()),
    };
    let message = format!("this is a definition by itself: it belongs under `{list}` of a spec");
    let help =
        format!("write `{list}:` above it, `  - ` before `name`, and four spaces before every other line");
    Err(SpecProblem::new(root.span, message).help(help))
}

#[cfg(test)]
mod tests;
