//! What adopted strategies and classifiers are called here: hashes of what they are, not of what their source called
//! them.

use admf_model::{ClassifierId, StrategyId, TrialId};
use admf_store::name::{self, NameKind};

/// Longest name of a type, so that a hash still fits behind it.
const LONGEST: usize = 48;

/// What the identities of a run's strategies have in common.
pub(super) struct Terms<'a> {
    pub(super) interval: &'a str,
    pub(super) commission: &'a str,
    pub(super) slippage: &'a str,
}

/// What a strategy is.
pub(super) struct Subject<'a> {
    pub(super) strategy_type: &'a str,
    pub(super) symbol: &'a str,
    /// Parameters as JSON with sorted names; the source's id where it tells no parameters.
    pub(super) parameters: &'a str,
}

/// A strategy with the same type, parameters, symbol, interval and costs has the same id in every import.
pub(super) fn strategy(subject: &Subject<'_>, terms: &Terms<'_>) -> StrategyId {
    let Subject { strategy_type, symbol, parameters } = subject;
    let parts = [strategy_type, symbol, parameters, terms.interval, terms.commission, terms.slippage];
    StrategyId::of(&with_origin(parts))
}

/// A trial is the same without costs.
pub(super) fn trial(subject: &Subject<'_>, terms: &Terms<'_>) -> TrialId {
    let Subject { strategy_type, symbol, parameters } = subject;
    let parts = [strategy_type, symbol, parameters, terms.interval];
    TrialId::of(&with_origin(parts))
}

/// The same for a classifier.
pub(super) fn classifier(subject: &Subject<'_>, terms: &Terms<'_>) -> ClassifierId {
    let Subject { strategy_type, symbol, parameters } = subject;
    ClassifierId::of(&with_origin([strategy_type, symbol, parameters, terms.interval]))
}

/// No rule of ours begins like this, so that nothing adopted has the id of something evaluated.
fn with_origin<const N: usize>(parts: [&str; N]) -> Vec<&[u8]> {
    std::iter::once("imported").chain(parts).map(str::as_bytes).collect()
}

/// A type's name as it is where it can name a file, else its plain characters with the first digits of a hash of it.
pub(super) fn type_name(kind: NameKind, text: &str) -> String {
    if name::check(kind, text).is_ok() {
        return text.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let readable: String = text.chars().map(plain).take(LONGEST).collect();
    let readable = readable.trim_matches('_');
    let hash = admf_model::ContentHash::of(&[text.as_bytes()]).to_string();
    format!("{}_{}", if readable.is_empty() { "type" } else { readable }, &hash[..8])
}

/// JSON with sorted names at every depth, so that the order of writing does not matter.
pub(super) fn canonical(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            let text = |(name, value): (&String, &Value)| {
                format!("{}:{}", Value::String(name.clone()), canonical(value))
            };
            format!("{{{}}}", fields.into_iter().map(text).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
