//! From what a person types to a strategy of a run: the beginning of an id, a rank, or type, symbol and parameters.

use super::Replay;
use crate::WorkflowError;
use admf_rules::nearest;
use admf_store::run::StrategyKey;
use std::collections::BTreeSet;

/// How many strategies an error names.
const NAMED: usize = 10;

impl Replay {
    /// Finds the one strategy that fulfils all words. A word is
    ///
    /// - a type, such as `ma_crossover`, or a symbol;
    /// - a parameter, such as `fast=20`, another symbol, such as `other=SP500`, or `symbol=AAPL`, `type=ma_crossover`;
    /// - `@best`, or `@3` for the third by Sharpe ratio, among those that fulfil the other words;
    /// - else the beginning of a `strategy_id` or `correlation_id`.
    ///
    /// # Errors
    /// When no strategy or several fulfil them; the error names those that do, the best first.
    pub fn select(&self, words: &[String]) -> Result<StrategyKey, WorkflowError> {
        select(self.keys()?, words)
    }
}

pub(crate) fn select(mut keys: Vec<StrategyKey>, words: &[String]) -> Result<StrategyKey, WorkflowError> {
    keys.sort_by(by_rank);
    let (ranks, others): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.starts_with('@'));
    let mut left: Vec<&StrategyKey> = keys.iter().collect();
    for word in others {
        let condition = Condition::read(word, &keys)?;
        left.retain(|key| condition.holds(key));
        if left.is_empty() {
            return Err(none(words, word, &keys));
        }
    }
    for word in ranks {
        left = vec![left[rank(word, left.len())?]];
    }
    match left.as_slice() {
        [only] => Ok((*only).clone()),
        several => Err(ambiguous(words, several)),
    }
}

/// The highest Sharpe ratio first, undefined ones last, of equal ones the lowest id: the order of a scan.
fn by_rank(a: &StrategyKey, b: &StrategyKey) -> std::cmp::Ordering {
    let sharpe = |key: &StrategyKey| key.sharpe_ratio.unwrap_or(f64::NEG_INFINITY);
    sharpe(b).total_cmp(&sharpe(a)).then(a.strategy_id.cmp(&b.strategy_id))
}

/// A parameter's number, or which another symbol is.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(f64),
    Symbol(String),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Symbol(symbol) => f.write_str(symbol),
        }
    }
}

enum Condition<'a> {
    Type(&'a str),
    Symbol(&'a str),
    Parameter(&'a str, Value),
    Id(String),
}

impl<'a> Condition<'a> {
    fn read(word: &'a str, keys: &[StrategyKey]) -> Result<Self, WorkflowError> {
        if let Some((name, value)) = word.split_once('=') {
            return match name {
                "type" => Ok(Self::Type(value)),
                "symbol" => Ok(Self::Symbol(value)),
                _ => parameter(name, value, keys),
            };
        }
        Ok(if keys.iter().any(|key| key.strategy_type == word) {
            Self::Type(word)
        } else if keys.iter().any(|key| key.symbol == word) {
            Self::Symbol(word)
        } else {
            Self::Id(word.to_ascii_lowercase())
        })
    }

    fn holds(&self, key: &StrategyKey) -> bool {
        match self {
            Self::Type(name) => key.strategy_type == *name,
            Self::Symbol(name) => key.symbol == *name,
            Self::Parameter(name, value) => value_of(key, name).as_ref() == Some(value),
            Self::Id(prefix) => {
                key.strategy_id.to_string().starts_with(prefix)
                    || key.correlation_id.to_string().starts_with(prefix)
            }
        }
    }
}

/// The place of `@best` or `@3` among so many strategies, from 0.
fn rank(word: &str, strategies: usize) -> Result<usize, WorkflowError> {
    let rank = match &word[1..] {
        "best" => Some(1),
        number => number.parse().ok(),
    };
    rank.filter(|rank| (1..=strategies).contains(rank)).map(|rank| rank - 1).ok_or_else(|| {
        let help = if strategies == 1 {
            "write @best".to_owned()
        } else {
            format!("write @best, or @1 to @{strategies}")
        };
        usage(format!("`{word}` is not a rank"), Some(help))
    })
}

fn parameter<'a>(name: &'a str, value: &str, keys: &[StrategyKey]) -> Result<Condition<'a>, WorkflowError> {
    let names: BTreeSet<String> = keys.iter().flat_map(|key| parameters(key).map(|(name, _)| name)).collect();
    if !names.contains(name) {
        let help = match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its strategies have {}", names.into_iter().collect::<Vec<_>>().join(", ")),
        };
        return Err(usage(format!("no strategy of the run has a parameter `{name}`"), Some(help)));
    }
    let known: BTreeSet<String> = keys
        .iter()
        .filter_map(|key| match value_of(key, name) {
            Some(Value::Symbol(symbol)) => Some(symbol),
            _ => None,
        })
        .collect();
    if known.is_empty() {
        let number = value.replace('_', "").parse::<f64>();
        let number =
            number.map_err(|_| usage(format!("`{value}` is not a number, which `{name}` is"), None))?;
        return Ok(Condition::Parameter(name, Value::Number(number)));
    }
    if !known.contains(value) {
        let help = match nearest(value, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is {}", known.into_iter().collect::<Vec<_>>().join(" or ")),
        };
        return Err(usage(format!("`{name}` is `{value}` in no strategy of the run"), Some(help)));
    }
    Ok(Condition::Parameter(name, Value::Symbol(value.to_owned())))
}

fn parameters(key: &StrategyKey) -> impl Iterator<Item = (String, Value)> + use<> {
    let values: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&key.parameters.0).unwrap_or_default();
    values.into_iter().filter_map(|(name, value)| {
        let symbol = || value.as_str().map(|symbol| Value::Symbol(symbol.to_owned()));
        Some((name, value.as_f64().map(Value::Number).or_else(symbol)?))
    })
}

fn value_of(key: &StrategyKey, name: &str) -> Option<Value> {
    parameters(key).find(|(parameter, _)| parameter == name).map(|(_, value)| value)
}

fn none(words: &[String], last: &str, keys: &[StrategyKey]) -> WorkflowError {
    if words.len() > 1 {
        let help =
            format!("none of those that fulfil the words before it fulfils `{last}`: leave a word out");
        return usage(format!("no strategy of the run is {}", words.join(" ")), Some(help));
    }
    let known: BTreeSet<&str> =
        keys.iter().flat_map(|key| [key.strategy_type.as_str(), key.symbol.as_str()]).collect();
    let help = match nearest(last, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write @best, the first digits of a strategy_id, or a type with parameters such as \
                 `ma_crossover fast=20`"
            .to_owned(),
    };
    usage(format!("no strategy of the run is `{last}`"), Some(help))
}

fn ambiguous(words: &[String], fitting: &[&StrategyKey]) -> WorkflowError {
    let mut lines: Vec<String> = fitting.iter().take(NAMED).map(|key| describe(key)).collect();
    if fitting.len() > NAMED {
        lines.push(format!("and {} more", fitting.len() - NAMED));
    }
    let message = format!("{} strategies of the run fit `{}`", fitting.len(), words.join(" "));
    let help = "add @best for the best of them, or words that tell them apart; the best are";
    usage(message, Some(format!("{help}\n{}", lines.join("\n"))))
}

/// `0123456789abcdef ma_crossover AAPL fast=10 slow=50`, each word of which can be typed.
fn describe(key: &StrategyKey) -> String {
    let values: Vec<String> = parameters(key).map(|(name, value)| format!(" {name}={value}")).collect();
    let StrategyKey { strategy_id, strategy_type, symbol, .. } = key;
    format!("{strategy_id} {strategy_type} {symbol}{}", values.concat())
}

fn usage(message: String, help: Option<String>) -> WorkflowError {
    WorkflowError::Usage { message, help }
}

#[cfg(test)]
mod tests;
