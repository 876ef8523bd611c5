//! `keep:` what is stored besides metrics.

use super::{KeepSpec, SpecProblem};
use admf_rules::yaml::Node;

/// Strategies above which trades and signals are not stored unless a spec asks for them: they can be recomputed.
const KEEP_ALL_UP_TO: usize = 50_000;

/// What a run stores besides metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Trades.
    pub trades: bool,
    /// Signals.
    pub signals: bool,
}

impl KeepSpec {
    /// Decides for a number of strategies what the spec left open.
    pub fn decide(self, strategies: usize) -> Keep {
        let default = strategies <= KEEP_ALL_UP_TO;
        Keep { trades: self.trades.unwrap_or(default), signals: self.signals.unwrap_or(default) }
    }
}

pub(super) fn read(node: Option<&Node>) -> Result<KeepSpec, SpecProblem> {
    let Some(node) = node else { return Ok(KeepSpec::default()) };
    let map = node.mapping("a map with `trades` and `signals`", &["trades", "signals"])?;
    let choice = |key: &str| -> Result<Option<bool>, SpecProblem> {
        let Some(node) = map.get(key) else { return Ok(None) };
        match node.text()? {
            "all" => Ok(Some(true)),
            "none" => Ok(Some(false)),
            _ => Err(node.expected("all or none").into()),
        }
    };
    Ok(KeepSpec { trades: choice("trades")?, signals: choice("signals")? })
}
