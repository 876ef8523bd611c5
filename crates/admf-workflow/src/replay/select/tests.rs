use super::{Condition, by_rank, select};
use crate::error::WorkflowError;
use admf_model::{CorrelationId, StrategyId};
use admf_store::record::Json;
use admf_store::run::StrategyKey;

fn key(id: u64, kind: &str, symbol: &str, parameters: &str, sharpe: Option<f64>) -> StrategyKey {
    StrategyKey {
        strategy_id: StrategyId::from_bits(id << 32),
        correlation_id: CorrelationId::from_bits(!(id << 32)),
        strategy_type: kind.to_owned(),
        symbol: symbol.to_owned(),
        parameters: Json(parameters.to_owned()),
        sharpe_ratio: sharpe,
    }
}

fn keys() -> Vec<StrategyKey> {
    let mut keys = vec![
        key(0xfade_0001, "fade", "AAPL", r#"{"n":5}"#, Some(0.1)),
        key(0xfade_0002, "fade", "IBM", r#"{"n":5}"#, Some(0.9)),
        key(0x00ab_0003, "cross", "AAPL", r#"{"fast":5,"slow":20.5}"#, None),
        key(0x00ab_0004, "cross", "AAPL", r#"{"fast":10,"slow":20.5}"#, Some(0.9)),
    ];
    keys.sort_by(by_rank);
    keys
}

fn fitting(words: &[&str]) -> Vec<u64> {
    let keys = keys();
    let conditions: Vec<Condition<'_>> =
        words.iter().map(|word| Condition::read(word, &keys).unwrap()).collect();
    let fits = |key: &&StrategyKey| conditions.iter().all(|condition| condition.holds(key));
    keys.iter().filter(fits).map(|key| key.strategy_id.bits() >> 32 & 0xf).collect()
}

fn selected(words: &[&str]) -> Result<u64, WorkflowError> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    select(keys(), &words).map(|key| key.strategy_id.bits() >> 32 & 0xf)
}

/// What a selection is refused with: what happened, and what to do.
fn refused(words: &[&str]) -> (String, String) {
    let error = selected(words).unwrap_err();
    (error.to_string(), error.help().unwrap_or_default())
}

#[test]
fn ranks_count_from_the_highest_sharpe_ratio_among_what_fits() {
    assert_eq!(selected(&["@best"]).unwrap(), 4);
    assert_eq!([1, 2, 3, 4].map(|n| selected(&[&format!("@{n}")]).unwrap()), [4, 2, 1, 3]);
    assert_eq!(selected(&["fade", "@best"]).unwrap(), 2);
    assert_eq!(selected(&["@2", "AAPL"]).unwrap(), 1);
    assert_eq!(refused(&["@5"]), ("`@5` is not a rank".to_owned(), "write @best, or @1 to @4".to_owned()));
    assert_eq!(refused(&["fade", "@3"]).1, "write @best, or @1 to @2");
    assert_eq!(refused(&["@0"]).0, "`@0` is not a rank");
    assert_eq!(refused(&["@worst"]).0, "`@worst` is not a rank");
}

#[test]
fn types_symbols_and_parameters_narrow_down() {
    assert_eq!(fitting(&["fade"]), [2, 1], "a type is no beginning of an id");
    assert_eq!(selected(&["fade", "IBM"]).unwrap(), 2);
    assert_eq!(selected(&["symbol=AAPL", "type=cross", "fast=10"]).unwrap(), 4);
    assert_eq!(selected(&["slow=20.50", "fast=5"]).unwrap(), 3);
    assert!(fitting(&["fast=7"]).is_empty());
}

#[test]
fn ids_are_named_by_their_beginning() {
    assert_eq!(selected(&["00ab0003"]).unwrap(), 3);
    assert_eq!(fitting(&["00AB"]), [4, 3]);
    assert_eq!(selected(&["ff54fffc"]).unwrap(), 3, "by its correlation id");
}

#[test]
fn what_does_not_fit_names_the_nearest_and_what_fits_often_is_listed() {
    assert_eq!(refused(&["fats=10"]).1, "did you mean `fast`?");
    assert_eq!(
        refused(&["crosss"]),
        ("no strategy of the run is `crosss`".to_owned(), "did you mean `cross`?".to_owned())
    );
    assert_eq!(refused(&["fade", "fast=5"]).0, "no strategy of the run is fade fast=5");
    assert!(refused(&["fast=wide"]).0.contains("`wide` is not a number"));
    let (message, help) = refused(&["AAPL"]);
    assert_eq!(message, "3 strategies of the run fit `AAPL`");
    assert!(help.contains("\n00ab000400000000 cross AAPL fast=10 slow=20.5\n"), "{help}");
}
