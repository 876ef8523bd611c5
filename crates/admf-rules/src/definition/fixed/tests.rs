//! Which parts of a rule are named as being the same on every bar.

use super::Always::{self, NotTrue, True, Undefined};
use crate::extent::Extent;
use crate::graph::Field;
use crate::{Definition, yaml};

fn found(text: &str) -> Vec<(&'static str, String, Always, bool)> {
    let definition = Definition::strategy(&yaml::parse(text).unwrap()).unwrap();
    let prices = |_: Field, symbol: Option<&str>| match symbol {
        Some(_) => Extent::NOWHERE,
        None => Extent { low: 3.0, high: 700.0 },
    };
    let parts = definition.fixed_parts(&definition.suggested_grid(), &prices);
    parts
        .into_iter()
        .map(|p| (p.key, text[p.span.start..p.span.end].to_owned(), p.always, p.decides))
        .collect()
}

#[test]
fn the_smallest_part_that_decides_is_named() {
    for (rule, part, always, decides) in [
        ("close < 0", "close < 0", NotTrue, true),
        ("close > 20 and close > 1000", "close > 1000", NotTrue, true),
        ("close > open and sma(close@VIX, 5) > 20", "close@VIX", Undefined, true),
        ("close > open and (month == 13 and close > 3)", "month == 13", NotTrue, true),
        ("close > open or month == 13", "month == 13", NotTrue, false),
        ("rsi(close, 14) < 120", "rsi(close, 14) < 120", True, false),
        ("close > open and rsi(close) >= 0", "rsi(close) >= 0", True, false),
    ] {
        let text = format!("name: a\nlong: |\n  {rule}\n");
        assert_eq!(found(&text), [("long", part.to_owned(), always, decides)], "{rule}");
    }
}

#[test]
fn filters_of_prices_and_what_is_meant_to_be_constant_are_no_mistakes() {
    for rule in
        ["true", "close > 0", "close > 5 and volume > 0", "1 < 2", "close >= open", "rsi(close) < 100"]
    {
        assert_eq!(found(&format!("name: a\nlong: |\n  {rule}\n")), [], "{rule}");
    }
}

#[test]
fn a_grid_is_fixed_only_if_all_of_it_is() {
    let text = |values: &str| format!("name: a\nparameters:\n  n: {values}\nlong: rsi(close, 14) < $n\n");
    assert_eq!(found(&text("[20, 120]")), []);
    assert_eq!(found(&text("[110, 120]")).len(), 1);
}

#[test]
fn an_exit_for_both_sides_is_named_once() {
    let text = "name: a\nlong: close > open\nshort: close < open\nexit: rsi(close, 14) > 100\n";
    assert_eq!(found(text), [("exit_long", "rsi(close, 14) > 100".to_owned(), NotTrue, true)]);
}
