//! What is known of formulas, and that what functions declare of their values is so.

use super::Known;
use crate::extent::Extent;
use crate::functions::{Argument, FUNCTIONS};
use crate::graph::Field;
use crate::testing::{World, bind, coherent, formula};
use crate::{Columns, Graph, Type};
use proptest::prelude::*;

fn extent(rule: &str) -> (f64, f64) {
    let prices = |field: Field, symbol: Option<&str>| match (field, symbol) {
        (Field::Minutes, _) | (_, Some("VIX")) => Extent::NOWHERE,
        (Field::Volume, _) => Extent { low: 0.0, high: f64::INFINITY },
        _ => Extent { low: 10.0, high: 20.0 },
    };
    let Extent { low, high } = formula(rule).extent(&Known { parameters: &[], prices: &prices });
    (low, high)
}

#[test]
fn ends_of_results_are_results_of_ends() {
    let (inf, nowhere) = (f64::INFINITY, (f64::INFINITY, f64::NEG_INFINITY));
    for (rule, expected) in [
        ("close", (10.0, 20.0)),
        ("-close", (-20.0, -10.0)),
        ("close - open", (-10.0, 10.0)),
        ("close * open", (100.0, 400.0)),
        ("2 / close", (0.1, 0.2)),
        ("close / volume", (-inf, inf)),
        ("volume - volume", (-inf, inf)),
        ("sma(close, 20)", (10.0, 20.0)),
        ("donchian_upper(20)", (10.0, 20.0)),
        ("max(close, 15)", (10.0, 20.0)),
        ("if(close > open, 1, -1)", (-1.0, 1.0)),
        ("count(close > open, 5)", (0.0, 5.0)),
        ("rsi(close)", (0.0, 100.0)),
        ("rsi(close) / 100", (0.0, 1.0)),
        ("close@VIX", nowhere),
        ("sma(close@VIX, 5) + 1", nowhere),
        ("hour", nowhere),
        ("since(close@VIX > 1)", (0.0, inf)),
        ("close < 10", (0.0, 0.0)),
        ("close <= 10", (0.0, 1.0)),
        ("close >= 10", (1.0, 1.0)),
        ("close > 20", (0.0, 0.0)),
        ("close == 21", (0.0, 0.0)),
        ("close != 21", (1.0, 1.0)),
        ("not close != 21", (0.0, 0.0)),
        ("close > 21 or close@VIX > 3", nowhere),
        ("close > 21 and close@VIX > 3", (0.0, 0.0)),
        ("close > 5 or close@VIX > 3", (1.0, 1.0)),
        ("month == 13", (0.0, 0.0)),
        ("rsi(close) < 120", (1.0, 1.0)),
        ("close > open", (0.0, 1.0)),
    ] {
        assert_eq!(extent(rule), expected, "{rule}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A wrong declaration would call a rule that trades one that never does.
    #[test]
    fn functions_keep_what_they_declare(ticks in coherent(1..200)) {
        let world = World::new(&ticks);
        for function in FUNCTIONS.iter().filter(|f| f.result == Type::Number) {
            let arguments: Vec<String> = function.arguments.iter().map(|argument| match argument {
                Argument::Series { .. } => "close".to_owned(),
                Argument::Truth { .. } => "close > open".to_owned(),
                Argument::Bars { minimum, .. } => minimum.max(3.0).to_string(),
                Argument::Number { minimum, maximum, default, .. } => {
                    default.unwrap_or(f64::midpoint(*minimum, *maximum)).to_string()
                }
            }).collect();
            let rule = match arguments.as_slice() {
                [] => function.name.to_owned(),
                _ => format!("{}({})", function.name, arguments.join(", ")),
            };
            let bars = &world.bars;
            let column = |field: Field| match field {
                Field::Open => Extent::of(bars.open.iter().flatten()),
                Field::High => Extent::of(bars.high.iter().flatten()),
                Field::Low => Extent::of(bars.low.iter().flatten()),
                Field::Close => Extent::of(bars.close.iter().flatten()),
                Field::Volume => Extent::of(bars.volume.iter().flatten()),
                Field::Session | Field::Minutes => Extent::ANY,
            };
            let known = Known { parameters: &[], prices: &|field, _| column(field) };
            let declared = formula(&rule).extent(&known);
            let mut graph = Graph::new();
            let node = bind(&rule, &mut graph);
            let mut columns = Columns::new(bars.len());
            columns.extend(&graph, &world.inputs()).unwrap();
            for value in columns.series(&graph, node).iter().flatten() {
                let slack = 1e-9 * (1.0 + value.abs());
                prop_assert!(
                    declared.low - slack <= value && value <= declared.high + slack,
                    "{rule} is {value}, declared are {declared:?}"
                );
            }
        }
    }
}
