//! A strategy of a foreign run, from its folder or from one Parquet file.

use super::Problem;
use super::json::{self, Decimal};
use super::layout::StrategyPlace;
use super::reported::{Reported, Value};
use super::series::{self, Signal, read_signals};
use crate::quick_scan::Quick;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A strategy as its source tells it. What is not said is `None` or empty.
#[derive(Clone, Debug)]
pub struct ForeignStrategy {
    /// Its id, or the name of its folder or file.
    pub id: String,
    /// Name of the definition.
    pub strategy_type: Option<String>,
    /// The symbol.
    pub symbol: Option<String>,
    /// Parameter values by name; numbers written as text are numbers.
    pub parameters: serde_json::Map<String, serde_json::Value>,
    /// Bars evaluated.
    pub total_signals: Option<u64>,
    /// Metrics.
    pub reported: Reported,
    /// The file that most of this comes from.
    pub file: std::path::PathBuf,
    /// False for a folder without `performance.json`.
    pub has_performance: bool,
    /// Numbers by label or classifier and name.
    pub regimes: BTreeMap<String, Reported>,
    /// The positions wanted, in order of time.
    pub signals: Vec<Signal>,
}

/// The part of `metadata.json` that is not metrics.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    strategy_id: Option<String>,
    strategy_type: Option<String>,
    symbol: Option<String>,
    parameters: Option<serde_json::Map<String, serde_json::Value>>,
    total_signals: Decimal,
    regime_performance: Option<BTreeMap<String, Reported>>,
}

/// Reads a strategy and its signals.
///
/// # Errors
/// With the first thing that is wrong with it.
pub fn strategy(place: &StrategyPlace) -> Result<ForeignStrategy, Problem> {
    let (file, head, reported, has_performance) = match place {
        StrategyPlace::Folder(folder) => of_folder(folder)?,
        StrategyPlace::File(file) => of_footer(file)?,
    };
    let signals = match place {
        StrategyPlace::Folder(folder) => read_signals(&folder.join("signals.parquet"))?,
        StrategyPlace::File(file) => read_signals(file)?,
    };
    let total_signals = match head.total_signals.0 {
        None => None,
        Some(n) if n >= 0.0 && n.fract() == 0.0 && n < 1e15 => Some(n as u64),
        Some(n) => {
            return Err(Problem::of(&file, format!("`total_signals` is {n}, which is no number of bars")));
        }
    };
    if let Some(bars) = total_signals.filter(|bars| *bars < signals.len() as u64) {
        let rows = signals.len();
        let reason = format!("`total_signals` is {bars}, but there are signals at {rows} bars");
        return Err(Problem::of(&file, reason));
    }
    let mut parameters = head.parameters.unwrap_or_default();
    parameters.values_mut().for_each(number_from_text);
    Ok(ForeignStrategy {
        id: head.strategy_id.filter(|id| !id.trim().is_empty()).unwrap_or_else(|| place.name()),
        strategy_type: head.strategy_type,
        symbol: head.symbol,
        parameters,
        total_signals,
        reported,
        file,
        has_performance,
        regimes: head.regime_performance.unwrap_or_default(),
        signals,
    })
}

/// What is worth knowing of a strategy before its signals are opened.
///
/// # Errors
/// When there is no metadata or it cannot be read.
pub fn quick(place: &StrategyPlace) -> Result<Quick, Problem> {
    let mut quick: Quick = match place {
        StrategyPlace::Folder(folder) => {
            let path = folder.join("metadata.json");
            // Whether it is a link is asked by the import: here a second look would cost as much as the first.
            json::read_small(&path)?
        }
        StrategyPlace::File(file) => Quick::from_footer(&series::footer(file)?),
    };
    quick.strategy_id.get_or_insert_with(|| place.name());
    Ok(quick)
}

type Parts = (std::path::PathBuf, Head, Reported, bool);

fn of_folder(folder: &Path) -> Result<Parts, Problem> {
    let file = folder.join("metadata.json");
    let text = json::bytes(&file)?;
    let head = json::parse(&file, &text)?;
    let reported: Reported = json::parse(&file, &text)?;
    let performance: Option<Reported> = json::read_if_there(&folder.join("performance.json"))?;
    let has_performance = performance.is_some();
    Ok((file, head, performance.unwrap_or_default().or(reported), has_performance))
}

/// The pairs of a footer are texts; parameters are JSON.
fn of_footer(file: &Path) -> Result<Parts, Problem> {
    let pairs = series::footer(file)?;
    let text = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let parameters = match text("parameters") {
        None => None,
        Some(json) => Some(json::parse(file, json.as_bytes())?),
    };
    let total_signals = text("total_signals").and_then(|text| Decimal::parse(&text)).unwrap_or_default();
    let head = Head {
        strategy_id: text("strategy_id"),
        strategy_type: text("strategy_type"),
        symbol: text("symbol"),
        parameters,
        total_signals,
        regime_performance: None,
    };
    let reported = pairs.into_iter().map(|(name, value)| (name, Value::Text(value))).collect();
    Ok((file.to_owned(), head, Reported(reported), true))
}

/// `"0.5"` is the decimal that a program wrote as text to keep its digits.
fn number_from_text(value: &mut serde_json::Value) {
    let serde_json::Value::String(text) = value else { return };
    let whole = text.parse::<i64>().ok().map(serde_json::Number::from);
    let is_decimal = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let decimal = || text.parse::<f64>().ok().filter(|_| is_decimal).and_then(serde_json::Number::from_f64);
    if let Some(number) = whole.or_else(decimal) {
        *value = serde_json::Value::Number(number);
    }
}
