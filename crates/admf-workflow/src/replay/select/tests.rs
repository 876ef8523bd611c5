use super::{Condition, ambiguous, by_rank, none};
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
    let fits = |(rank, key): &(usize, &StrategyKey)| conditions.iter().all(|c| c.holds(*rank, key));
    keys.iter().enumerate().filter(fits).map(|(_, key)| key.strategy_id.bits() >> 32 & 0xf).collect()
}

#[test]
fn ranks_count_from_the_highest_sharpe_ratio() {
    assert_eq!(fitting(&["@best"]), [4]);
    assert_eq!(
        [fitting(&["@1"]), fitting(&["@2"]), fitting(&["@3"]), fitting(&["@4"])].concat(),
        [4, 2, 1, 3]
    );
    for wrong in ["@0", "@5", "@worst"] {
        assert!(Condition::read(wrong, &keys()).is_err(), "{wrong}");
    }
}

#[test]
fn types_symbols_and_parameters_narrow_down() {
    assert_eq!(fitting(&["fade"]), [2, 1], "a type is no beginning of an id");
    assert_eq!(fitting(&["fade", "IBM"]), [2]);
    assert_eq!(fitting(&["symbol=AAPL", "type=cross", "fast=10"]), [4]);
    assert_eq!(fitting(&["slow=20.50", "fast=5"]), [3]);
    assert_eq!(fitting(&["fast=7"]), []);
}

#[test]
fn ids_are_named_by_their_beginning() {
    assert_eq!(fitting(&["00ab0003"]), [3]);
    assert_eq!(fitting(&["00AB"]), [4, 3]);
    assert_eq!(fitting(&["ff54fffc"]), [3], "by its correlation id");
}

#[test]
fn what_does_not_fit_names_the_nearest_and_what_fits_often_is_listed() {
    let keys = keys();
    let help = |error: WorkflowError| error.help().unwrap_or_default();
    assert_eq!(help(Condition::read("fats=10", &keys).err().unwrap()), "did you mean `fast`?");
    assert_eq!(help(none(&["crosss".to_owned()], "crosss", &keys)), "did you mean `cross`?");
    assert!(Condition::read("fast=wide", &keys).err().unwrap().to_string().contains("not a number"));
    let fitting: Vec<(usize, &StrategyKey)> =
        keys.iter().enumerate().filter(|(_, k)| k.symbol == "AAPL").collect();
    let error = ambiguous(&["AAPL".to_owned()], &fitting);
    assert_eq!(error.to_string(), "3 strategies of the run fit `AAPL`");
    assert!(help(error).contains("@1 00ab000400000000 cross AAPL fast=10 slow=20.5\n"));
}
