//! The spec: one YAML file that says what a run is. Parsed and checked for form; what it names is looked up by
//! [`crate::plan`].

mod costs;
mod data;
mod execution;
mod keep;
mod strategies;

pub use data::DataSpec;
pub use keep::Keep;
pub use strategies::{Chosen, ClassifierSpec, StrategySpec};

use crate::WorkflowError;
use crate::error::Snippet;
use admf_model::Execution;
use admf_rules::{RuleError, Span, yaml};
use std::path::Path;

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
}

/// What the spec says about storing; undecided where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeepSpec {
    /// Store trades.
    pub trades: Option<bool>,
    /// Store signals.
    pub signals: Option<bool>,
}

/// A spec's text with its name, to point at places in it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// All of it.
    pub text: &'a str,
}

impl Source<'_> {
    /// The file's name without folder and ending: what a spec without a name is called.
    fn stem(&self) -> String {
        let stem = Path::new(self.name).file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    /// An error at a place in this text.
    pub fn error(&self, span: Span, message: impl Into<String>, help: Option<String>) -> WorkflowError {
        let snippet = Snippet {
            name: self.name.to_owned(),
            text: self.text.to_owned(),
            start: span.start,
            end: span.end,
        };
        WorkflowError::Input { message: message.into(), snippet: Box::new(snippet), help }
    }

    /// An error of the rule language in this text.
    pub fn rule(&self, error: &RuleError) -> WorkflowError {
        self.error(error.span(), error.to_string(), error.help())
    }
}

/// What can be wrong with the form of a spec.
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

const KEYS: [&str; 8] =
    ["name", "data", "strategies", "classifiers", "execution", "costs", "metrics", "keep"];

impl Spec {
    /// Reads a spec.
    ///
    /// # Errors
    /// [`WorkflowError::Input`] with the place, what is wrong and what to do.
    pub fn parse(source: &Source<'_>) -> Result<Self, WorkflowError> {
        Self::read(source).map_err(|p| source.error(p.span, p.message, p.help))
    }

    fn read(source: &Source<'_>) -> Result<Self, SpecProblem> {
        let root = yaml::parse(source.text)?;
        let map = root.mapping("a spec: a map with `data` and `strategies`", &KEYS)?;
        let name = match map.get("name") {
            Some(node) => node.text()?.to_owned(),
            None => source.stem(),
        };
        let mut execution = execution::read(map.get("execution"))?;
        let data = data::read(map.require("data")?, &mut execution)?;
        execution.costs = costs::read(map.get("costs"))?;
        let metrics = execution::read_metrics(map.get("metrics"), &mut execution)?;
        Ok(Self {
            name,
            data,
            strategies: strategies::read(map.require("strategies")?)?,
            classifiers: strategies::read_classifiers(map.get("classifiers"))?,
            execution,
            bars_per_year: metrics,
            keep: keep::read(map.get("keep"))?,
        })
    }
}

#[cfg(test)]
mod tests;
