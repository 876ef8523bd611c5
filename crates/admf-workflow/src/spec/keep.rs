//! `keep:` what is stored besides metrics.

use super::{KeepSpec, SpecProblem, keys};
use admf_engine::{Detail, Metrics, Mode, Path};
use admf_rules::yaml::{Fields, Node};

/// Strategies above which trades and signals are not stored unless a spec asks for them: they can be recomputed.
const KEEP_ALL_UP_TO: usize = 50_000;

/// What a run stores besides metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Trades.
    pub trades: bool,
    /// Signals.
    pub signals: bool,
    /// Which metrics.
    pub metrics: Metrics,
}

impl Keep {
    /// How to evaluate strategies of which this is kept.
    pub(crate) fn mode(self) -> Mode {
        Mode {
            path: Path::Fastest,
            detail: Detail { trades: self.trades, signals: self.signals },
            metrics: self.metrics,
        }
    }
}

impl KeepSpec {
    /// Decides for a number of strategies what the spec left open.
    pub fn decide(self, strategies: usize) -> Keep {
        let default = strategies <= KEEP_ALL_UP_TO;
        Keep {
            trades: self.trades.unwrap_or(default),
            signals: self.signals.unwrap_or(default),
            metrics: if self.net { Metrics::Net } else { Metrics::All },
        }
    }
}

pub(super) fn read(node: Option<&Node>, problems: &mut Vec<SpecProblem>) -> KeepSpec {
    const EXPECTED: &str = "a map with `trades`, `signals` and `metrics`";
    let fields = node.and_then(|node| Fields::read(node, EXPECTED, &[&keys::KEEP], problems));
    let Some(fields) = fields else { return KeepSpec::default() };
    let choice = |key: &str| fields.text(key).map(|word| word == "all");
    let net = fields.text("metrics").is_some_and(|word| word == "net");
    KeepSpec { trades: choice("trades"), signals: choice("signals"), net }
}
