//! `data:` which dataset, symbols and period.

use super::{SpecProblem, keys};
use admf_model::{Execution, Prices, Timestamp};
use admf_rules::Span;
use admf_rules::yaml::{Fields, Node};

/// Which bars a run is about. Names come with where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSpec {
    /// Where all of this stands.
    pub span: Span,
    /// The dataset.
    pub dataset: (String, Span),
    /// Symbols to trade; `None` for all that can be traded.
    pub symbols: Option<Vec<(String, Span)>>,
    /// Datasets whose symbols rules may name as `close@SYMBOL`, besides the dataset itself.
    pub auxiliary: Vec<(String, Span)>,
    /// First evaluated time.
    pub from: Option<Timestamp>,
    /// Last evaluated time.
    pub to: Option<Timestamp>,
    /// Own bars after which another symbol's value is undefined (rule 4).
    pub staleness: u32,
}

/// Own bars after which another symbol's value is stale, unless a spec says otherwise.
const STALENESS: u32 = 5;

/// Reads the data; which prices are used goes into the execution.
pub(super) fn read(
    node: &Node,
    execution: &mut Execution,
    problems: &mut Vec<SpecProblem>,
) -> Option<DataSpec> {
    if let Ok(name) = node.text() {
        return Some(DataSpec {
            span: node.span,
            dataset: (name.to_owned(), node.span),
            symbols: None,
            auxiliary: Vec::new(),
            from: None,
            to: None,
            staleness: STALENESS,
        });
    }
    const EXPECTED: &str = "the name of a dataset, or a map with `dataset`";
    let fields = Fields::read(node, EXPECTED, &[&keys::DATA], problems)?;
    if fields.text("prices") == Some("raw") {
        execution.prices = Prices::Raw;
    }
    let (from, to) = (fields.time("from"), fields.time("to"));
    if let (Some(first), Some(last), Some(place)) = (from, to, fields.get("to"))
        && first > last
    {
        let message = format!("the period ends on {last}, before it begins on {first}");
        problems.push(SpecProblem::new(place.span, message).help("swap `from` and `to`"));
    }
    let dataset = fields.get("dataset")?;
    Some(DataSpec {
        span: node.span,
        dataset: (dataset.text().ok()?.to_owned(), dataset.span),
        symbols: fields.names("symbols"),
        auxiliary: fields.names("auxiliary").unwrap_or_default(),
        from,
        to,
        staleness: fields.count("staleness").unwrap_or(STALENESS),
    })
}
