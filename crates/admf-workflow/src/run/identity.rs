//! What a strategy, a trial and a classifier are called (rules 23 and 25).

use admf_model::{ClassifierId, Execution, Interval, SEMANTICS_VERSION, StrategyId, TrialId};

/// What the identities of a run's strategies have in common.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    strategy: String,
    trial: String,
    classifier: String,
    interval: String,
}

impl Identity {
    pub(crate) fn new(execution: &Execution, bars_per_year: f64, interval: Interval) -> Self {
        let version = format!("semantics={SEMANTICS_VERSION}");
        Self {
            strategy: format!("{version} {}", execution.canonical(bars_per_year)),
            trial: format!("{version} {}", execution.canonical_trial()),
            classifier: format!("{version} prices={}", execution.prices.name()),
            interval: interval.to_string(),
        }
    }

    pub(crate) fn strategy(&self, rule: &str, symbol: &str) -> StrategyId {
        StrategyId::of(&[
            rule.as_bytes(),
            symbol.as_bytes(),
            self.interval.as_bytes(),
            self.strategy.as_bytes(),
        ])
    }

    pub(crate) fn trial(&self, rule: &str, symbol: &str) -> TrialId {
        TrialId::of(&[rule.as_bytes(), symbol.as_bytes(), self.interval.as_bytes(), self.trial.as_bytes()])
    }

    pub(crate) fn classifier(&self, rule: &str, symbol: &str) -> ClassifierId {
        let common = self.classifier.as_bytes();
        ClassifierId::of(&[rule.as_bytes(), symbol.as_bytes(), self.interval.as_bytes(), common])
    }
}

#[cfg(test)]
mod tests;
