//! Names of other symbols stand for what the user says.

use crate::{Definition, Graph, Surroundings, yaml};
use std::collections::{BTreeMap, BTreeSet};

const RATIO: &str = "name: ratio\nothers:\n  other: {default: SP500, doc: An index.}\n  fear: VIX\n\
                     long: close / close@other > 1 and close@fear < sma(close@fear, 3) and close@IBM > 1\n";

fn read(text: &str) -> Result<Definition, crate::RuleError> {
    Definition::strategy(&yaml::parse(text).unwrap())
}

fn canonical(definition: &Definition) -> String {
    let parameters = definition.grid(None, None).unwrap().iter().next().unwrap();
    definition.bind_strategy(&parameters, &mut Graph::new()).unwrap().canonical
}

#[test]
fn the_canonical_rule_names_the_symbols() {
    let definition = read(RATIO).unwrap();
    assert_eq!(
        canonical(&definition),
        "long: close / close@SP500 > 1 and close@VIX < sma(close@VIX, 3) and close@IBM > 1\nsize: 1"
    );
    assert_eq!(definition.symbols(), ["IBM", "SP500", "VIX"].map(str::to_owned).into());
}

#[test]
fn symbols_are_replaced_by_name_and_not_by_symbol() {
    let mut errors = Vec::new();
    let definition = read(RATIO).unwrap();
    // `other` becomes the default of `fear`: the two must not be mixed up when `fear` is replaced afterwards.
    let once = definition.with_others(&yaml::parse("other: VIX").unwrap(), &mut errors);
    let twice = once.with_others(&yaml::parse("fear: IBM").unwrap(), &mut errors);
    assert!(errors.is_empty());
    assert_eq!(
        canonical(&twice),
        "long: close / close@VIX > 1 and close@IBM < sma(close@IBM, 3) and close@IBM > 1\nsize: 1"
    );
    assert_eq!(twice.others[0].symbol, "VIX");
}

#[test]
fn wrong_names_are_named() {
    let mut errors = Vec::new();
    read(RATIO).unwrap().with_others(&yaml::parse("othr: VIX").unwrap(), &mut errors);
    assert_eq!(errors[0].to_string(), "ratio reads no other symbol as `othr`");
    assert_eq!(errors[0].help().as_deref(), Some("did you mean `other`?"));

    let unused = read("name: x\nothers: {other: SP500}\nlong: close@OTHER > 1").unwrap_err();
    assert_eq!(unused.to_string(), "no rule reads `other`: write close@other, or leave it out");

    let symbols = BTreeSet::from(["VIX".to_owned(), "IBM".to_owned()]);
    let around = Surroundings { symbols: Some(&symbols), regimes: Some(&BTreeMap::new()) };
    let missing = read(RATIO).unwrap().check_surroundings(&around);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].to_string(), "`other` of ratio is symbol `SP500`, which is not in the data");
    assert!(missing[0].help().unwrap().starts_with("say which symbol it is with `others: {other: SYMBOL}`"));
}

#[test]
fn a_suggested_grid_is_checked_when_the_definition_is_read() {
    let text = |grid: &str| {
        format!(
            "name: x\nparameters: {{n: {{type: integer, default: 5, range: 2..50}}}}\ngrid: {grid}\nlong: sma(close, $n) > 1"
        )
    };
    let definition = read(&text("{n: 5..20 step 5}")).unwrap();
    assert_eq!(definition.suggested_grid().len(), 4);
    assert_eq!(definition.suggestion(), [("n".to_owned(), "5..20 step 5".to_owned())]);
    assert_eq!(definition.grid(None, None).unwrap().len(), 1, "it is not applied unasked");
    assert_eq!(read(&text("{n: [1, 5]}")).unwrap_err().to_string(), "parameter `n` is 1, allowed 2..50");
    assert_eq!(read(&text("{m: [5]}")).unwrap_err().to_string(), "x has no parameter `m`");
}
