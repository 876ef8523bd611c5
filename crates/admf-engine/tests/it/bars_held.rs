//! `bars_held` in exits, counted by hand (rules 8 and 11).

use crate::{library, random};
use admf_engine::Path;
use admf_model::{Fill, Parameters};
use admf_rules::{Definition, yaml};
use proptest::prelude::*;

fn definition(rules: &str) -> Definition {
    let text = format!("name: counting\n{rules}");
    Definition::strategy(&yaml::parse(&text).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn always_in_but_every_so_often(bars in random::bars(40..160), terms in random::terms(), n in 1_usize..30, short in any::<bool>()) {
        let side = if short { "short" } else { "long" };
        let rule = definition(&format!("{side}: true\nexit: bars_held >= {n}\n"));
        let got = library::run(&rule, &Parameters::default(), &bars, &terms, Path::Fastest);
        // Filled at the next open the first close is held at 1: out at the open n bars after the entry, in again one bar
        // later. Filled at a close that close is held at 0: out at the close n bars later, in again at the next.
        let first = usize::from(terms.execution.fill == Fill::NextOpen);
        for (at, trade) in got.trades.iter().filter(|_| !got.ruined).enumerate() {
            prop_assert_eq!(trade.entry_bar, first + at * (n + 1));
            if trade.exit_bar + 1 < bars.len() {
                prop_assert_eq!(trade.exit_bar - trade.entry_bar, n);
            }
        }
        prop_assert!(got.ruined || got.trades.len() >= (bars.len() - 2) / (n + 1));
    }

    #[test]
    fn a_count_that_is_never_reached_changes_nothing(bars in random::bars(40..160), terms in random::terms()) {
        let rules = "long: close > open\nshort: close < open\nexit_long: close < lag(close, 2)\nexit_short: close > lag(close, 2)";
        let counting = rules.replace("exit_long: ", "exit_long: bars_held > 1000 or ");
        let run = |rules: &str| library::run(&definition(rules), &Parameters::default(), &bars, &terms, Path::Fastest);
        let (plain, counting) = (run(rules), run(&counting));
        prop_assert_eq!(plain.trades, counting.trades);
        prop_assert_eq!(plain.signals, counting.signals);
    }
}
