//! `data:` which dataset, symbols and period.

use super::SpecProblem;
use admf_model::{Execution, Prices, Timestamp};
use admf_rules::{Span, yaml::Node};

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
pub(super) fn read(node: &Node, execution: &mut Execution) -> Result<DataSpec, SpecProblem> {
    if let Ok(name) = node.text() {
        return Ok(DataSpec {
            span: node.span,
            dataset: (name.to_owned(), node.span),
            symbols: None,
            auxiliary: Vec::new(),
            from: None,
            to: None,
            staleness: STALENESS,
        });
    }
    let keys = ["dataset", "symbols", "auxiliary", "from", "to", "prices", "staleness"];
    let map = node.mapping("the name of a dataset, or a map with `dataset`", &keys)?;
    let dataset = map.require("dataset")?;
    if let Some(node) = map.get("prices") {
        execution.prices = prices(node)?;
    }
    let time = |key: &str| -> Result<Option<Timestamp>, SpecProblem> {
        let Some(node) = map.get(key) else { return Ok(None) };
        let text = node.text()?;
        text.parse().map(Some).map_err(|e| SpecProblem::new(node.span, format!("{e}")))
    };
    let (from, to) = (time("from")?, time("to")?);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let message = format!("the period ends on {last}, before it begins on {first}");
        return Err(SpecProblem::new(map.span, message).help("swap `from` and `to`"));
    }
    let staleness = match map.get("staleness") {
        None => STALENESS,
        Some(node) => u32::try_from(node.integer()?)
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| SpecProblem::new(node.span, "`staleness` counts bars: write 1 or more"))?,
    };
    Ok(DataSpec {
        span: node.span,
        dataset: (dataset.text()?.to_owned(), dataset.span),
        symbols: map.get("symbols").map(names).transpose()?,
        auxiliary: map.get("auxiliary").map(names).transpose()?.unwrap_or_default(),
        from,
        to,
        staleness,
    })
}

fn prices(node: &Node) -> Result<Prices, SpecProblem> {
    match node.text()? {
        "adjusted" => Ok(Prices::Adjusted),
        "raw" => Ok(Prices::Raw),
        _ => Err(node.expected("adjusted or raw").into()),
    }
}

/// One name or a list of different names.
pub(super) fn names(node: &Node) -> Result<Vec<(String, Span)>, SpecProblem> {
    if let Ok(name) = node.text() {
        return Ok(vec![(name.to_owned(), node.span)]);
    }
    let mut names: Vec<(String, Span)> = Vec::new();
    for item in node.sequence("a name or a list of names")? {
        let name = item.text()?;
        if names.iter().any(|(n, _)| n == name) {
            return Err(SpecProblem::new(item.span, format!("`{name}` is listed twice")));
        }
        names.push((name.to_owned(), item.span));
    }
    if names.is_empty() {
        return Err(
            SpecProblem::new(node.span, "the list is empty").help("name at least one, or leave the key out")
        );
    }
    Ok(names)
}
