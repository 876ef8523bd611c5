//! Quick scans: what runs and strategies are worth, from small files of metadata alone. No data and no database is
//! opened, and of each file only a few fields are kept.

use crate::error::{Result, StoreError};
use crate::foreign::{Decimal, in_order};
use crate::plain_file;
use crate::run;
use crate::workspace::Workspace;
use admf_model::RunId;
use serde::Deserialize;
use std::io::ErrorKind;

/// A strategy at a glance. The fields have the names that they have in `summary/performance.json` of a run and in the
/// metadata of other programs; what a file does not say is undefined.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Quick {
    /// The strategy.
    pub strategy_id: Option<String>,
    /// Name of the definition.
    pub strategy_type: Option<String>,
    /// The symbol.
    pub symbol: Option<String>,
    /// Bars evaluated.
    pub total_signals: Decimal,
    /// Bars for each stored change.
    pub compression_ratio: Decimal,
    /// Annualised Sharpe ratio, as reported.
    pub sharpe_ratio: Decimal,
    /// The same where it is said that it is after costs.
    pub net_sharpe: Decimal,
    /// A fraction, as reported.
    pub total_return: Decimal,
    /// As reported, which may be negative.
    pub max_drawdown: Decimal,
    /// Share of trades, as reported.
    pub win_rate: Decimal,
}

impl Quick {
    /// The Sharpe ratio that counts: after costs where that is said.
    pub fn sharpe(&self) -> Option<f64> {
        self.net_sharpe.0.or(self.sharpe_ratio.0)
    }

    /// From the key-value pairs of a footer. A number that cannot be read is undefined.
    pub(crate) fn from_footer(pairs: &[(String, String)]) -> Self {
        let mut quick = Self::default();
        for (key, value) in pairs {
            let number = || Decimal::parse(value).unwrap_or_default();
            match key.as_str() {
                "strategy_id" => quick.strategy_id = Some(value.clone()),
                "strategy_type" => quick.strategy_type = Some(value.clone()),
                "symbol" => quick.symbol = Some(value.clone()),
                "total_signals" => quick.total_signals = number(),
                "compression_ratio" => quick.compression_ratio = number(),
                "sharpe_ratio" => quick.sharpe_ratio = number(),
                "net_sharpe" => quick.net_sharpe = number(),
                "total_return" => quick.total_return = number(),
                "max_drawdown" => quick.max_drawdown = number(),
                "win_rate" => quick.win_rate = number(),
                _ => {}
            }
        }
        quick
    }
}

/// A complete run at a glance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct QuickRun {
    /// The run.
    pub run_id: String,
    /// The name that it gives itself.
    pub name: String,
    /// Family whose trials are counted together.
    pub family: String,
    /// Strategies stored.
    pub total_strategies: u64,
    /// Highest Sharpe ratio of a strategy.
    pub best_sharpe: Option<f64>,
    /// The strategy that has it.
    pub best_strategy: Option<String>,
}

/// All complete runs, in the order of their ids, each from its `metadata.json`; and what could not be read.
pub fn runs(workspace: &Workspace) -> Result<(Vec<QuickRun>, Vec<StoreError>)> {
    let folders = crate::run::folders(workspace)?;
    let read = |(_, folder): &(RunId, std::path::PathBuf)| {
        let path = folder.join(run::METADATA);
        let text = match plain_file::read(&path) {
            Ok(text) => text,
            // It has not finished.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io("read", &path)(error)),
        };
        let parsed = serde_json::from_slice(&text);
        parsed.map(Some).map_err(|error| StoreError::Damaged { path, reason: error.to_string() })
    };
    let (mut runs, mut damaged) = (Vec::new(), Vec::new());
    for found in in_order(&folders, read) {
        match found {
            Ok(run) => runs.extend(run),
            Err(error) => damaged.push(error),
        }
    }
    Ok((runs, damaged))
}

/// The strategies of a complete run, in the order of evaluation, from `summary/performance.json`; `None` for a run that
/// has too many strategies to list there.
pub fn strategies(workspace: &Workspace, run: RunId) -> Result<Option<Vec<Quick>>> {
    let path = workspace.run(run).join("summary").join("performance.json");
    let text = match plain_file::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io("read", &path)(error)),
    };
    let parsed = serde_json::from_slice(&text);
    parsed.map(Some).map_err(|error| StoreError::Damaged { path, reason: error.to_string() })
}

#[cfg(test)]
mod tests;
