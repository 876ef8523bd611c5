use super::Identity;
use admf_model::{Costs, Execution, Fill, Interval};

#[test]
fn other_costs_are_another_strategy_but_the_same_trial() {
    let base = Identity::new(&Execution::DEFAULT, Interval::DAY);
    let free = Identity::new(&Execution { costs: Costs::NONE, ..Execution::DEFAULT }, Interval::DAY);
    assert_ne!(base.strategy("long: true", "X"), free.strategy("long: true", "X"));
    assert_eq!(base.trial("long: true", "X"), free.trial("long: true", "X"));
}

#[test]
fn another_fill_rule_or_symbol_is_another_trial() {
    let base = Identity::new(&Execution::DEFAULT, Interval::DAY);
    let close = Identity::new(&Execution { fill: Fill::SameClose, ..Execution::DEFAULT }, Interval::DAY);
    assert_ne!(base.trial("long: true", "X"), close.trial("long: true", "X"));
    assert_ne!(base.trial("long: true", "X"), base.trial("long: true", "Y"));
    assert_ne!(base.trial("long: true", "X"), base.trial("long: false", "X"));
}
