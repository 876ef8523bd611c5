use super::Identity;
use admf_model::{Costs, Execution, Fill, Interval, Prices};

fn identity(execution: Execution) -> Identity {
    Identity::new(&execution, 252.0, Interval::DAY)
}

#[test]
fn other_costs_are_another_strategy_but_the_same_trial() {
    let base = identity(Execution::DEFAULT);
    let free = identity(Execution { costs: Costs::NONE, ..Execution::DEFAULT });
    assert_ne!(base.strategy("long: true", "X"), free.strategy("long: true", "X"));
    assert_eq!(base.trial("long: true", "X"), free.trial("long: true", "X"));
}

#[test]
fn another_fill_rule_or_symbol_is_another_trial() {
    let base = identity(Execution::DEFAULT);
    let close = identity(Execution { fill: Fill::SameClose, ..Execution::DEFAULT });
    assert_ne!(base.trial("long: true", "X"), close.trial("long: true", "X"));
    assert_ne!(base.trial("long: true", "X"), base.trial("long: true", "Y"));
    assert_ne!(base.trial("long: true", "X"), base.trial("long: false", "X"));
}

#[test]
fn raw_prices_make_other_labels() {
    let base = identity(Execution::DEFAULT);
    let raw = identity(Execution { prices: Prices::Raw, ..Execution::DEFAULT });
    assert_ne!(base.classifier("UP: true", "X"), raw.classifier("UP: true", "X"));
}

#[test]
fn capital_and_bars_per_year_change_the_strategy_but_not_the_trial() {
    let base = identity(Execution::DEFAULT);
    let rich = identity(Execution { capital: 1e6, ..Execution::DEFAULT });
    assert_ne!(base.strategy("long: true", "X"), rich.strategy("long: true", "X"));
    assert_eq!(base.trial("long: true", "X"), rich.trial("long: true", "X"));
    let weekly = Identity::new(&Execution::DEFAULT, 52.0, Interval::DAY);
    assert_ne!(base.strategy("long: true", "X"), weekly.strategy("long: true", "X"));
    // Whole units of another capital are another sizing.
    let whole = |capital| identity(Execution { capital, whole_units: true, ..Execution::DEFAULT });
    assert_ne!(whole(1e5).trial("long: true", "X"), whole(1e6).trial("long: true", "X"));
}
