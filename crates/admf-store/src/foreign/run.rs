//! `metadata.json` of a foreign run: what it is about.

use super::json::{self, Decimal};
use super::{Problem, RunFolder};
use admf_model::Timestamp;
use serde::Deserialize;
use std::path::Path;

/// What a foreign run says of itself. What it does not say is `None` or empty.
#[derive(Clone, Debug, PartialEq)]
pub struct RunHead {
    /// Its id; that of the folder where it says none.
    pub run_id: String,
    /// When it was made, as text.
    pub created_at: Option<String>,
    /// What was done.
    pub workflow_type: Option<String>,
    /// Strategies that it counts, there or not.
    pub total_strategies: Option<f64>,
    /// How commission was charged.
    pub commission_model: Option<String>,
    /// How slippage was charged.
    pub slippage_model: Option<String>,
    /// First time of its data.
    pub start_date: Option<Timestamp>,
    /// Last time of its data.
    pub end_date: Option<Timestamp>,
    /// Symbols.
    pub symbols: Vec<String>,
    /// Length of a bar, as text.
    pub bar_interval: Option<String>,
    /// Bars per year by which it annualised.
    pub bars_per_year: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    run_id: serde_json::Value,
    created_at: serde_json::Value,
    workflow_type: serde_json::Value,
    total_strategies: Decimal,
    commission_model: serde_json::Value,
    slippage_model: serde_json::Value,
    start_date: Option<String>,
    end_date: Option<String>,
    symbols: Symbols,
    #[serde(alias = "timeframe")]
    bar_interval: Option<String>,
    bars_per_year: Decimal,
    /// Only runs of ADMF have these two.
    config_hash: Option<String>,
    wall_clock: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Symbols {
    Many(Vec<String>),
    One(String),
}

impl Default for Symbols {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// Reads what a run says of itself.
///
/// # Errors
/// When `metadata.json` is missing or is not what it should be, or the run is one of ADMF.
pub fn run_head(run: &RunFolder) -> Result<RunHead, Problem> {
    let path = run.path.join("metadata.json");
    let file: File = json::read(&path)?;
    if file.config_hash.is_some() && file.wall_clock.is_some() {
        let reason = "it describes a run of ADMF: copy its folder into `runs/` of the workspace";
        return Err(Problem::of(&path, reason));
    }
    let folder = || run.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(RunHead {
        run_id: text(&file.run_id).unwrap_or_else(folder),
        created_at: text(&file.created_at),
        workflow_type: text(&file.workflow_type),
        total_strategies: file.total_strategies.0,
        commission_model: text(&file.commission_model),
        slippage_model: text(&file.slippage_model),
        start_date: time(&path, "start_date", file.start_date.as_deref())?,
        end_date: time(&path, "end_date", file.end_date.as_deref())?,
        symbols: match file.symbols {
            Symbols::Many(symbols) => symbols,
            Symbols::One(symbol) => vec![symbol],
        },
        bar_interval: file.bar_interval,
        bars_per_year: file.bars_per_year.0.filter(|bars| *bars > 0.0),
    })
}

/// Text as it is, anything else as JSON.
fn text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn time(path: &Path, name: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    match text.trim().parse() {
        Ok(time) => Ok(Some(time)),
        Err(error) => Err(Problem::of(path, format!("`{name}`: {error}"))),
    }
}
