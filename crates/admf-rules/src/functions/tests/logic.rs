//! Conditions over time, by hand: true, false and undefined bars.

use super::*;

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const U: Option<bool> = None;

/// A world whose closes are 2 where `condition` is true, 1 where it is false.
fn world_of(condition: &[Option<bool>]) -> World {
    World::of_closes(&condition.iter().map(|c| c.map(|c| if c { 2.0 } else { 1.0 })).collect::<Vec<_>>())
}

fn some(values: &[i32]) -> Vec<Option<f64>> {
    values.iter().map(|v| (*v >= 0).then_some(f64::from(*v))).collect()
}

#[test]
fn conditions_are_counted() {
    let world = world_of(&[F, T, T, U, T, F, F, T, T, T]);
    // -1 stands for undefined.
    let table: [(&str, [i32; 10]); 5] = [
        ("count(close > 1, 1)", [0, 1, 1, -1, 1, 0, 0, 1, 1, 1]),
        ("count(close > 1, 3)", [-1, -1, 2, -1, -1, -1, 1, 1, 2, 3]),
        ("since(close > 1)", [-1, 0, 0, -1, 0, 1, 2, 0, 0, 0]),
        ("streak(close > 1)", [0, 1, 2, -1, 1, 0, 0, 1, 2, 3]),
        ("since(close < 2)", [0, 1, 2, -1, 4, 0, 0, 1, 2, 3]),
    ];
    for (rule, expected) in table {
        assert_eq!(column(&world, rule), some(&expected), "{rule}");
    }
    assert_eq!((warm_up("count(close > 1, 3)"), warm_up("since(sma(close, 4) > 1)")), (2, 3));
}

#[test]
fn runs_are_strict_and_start_anew_after_a_hole() {
    let world =
        World::of_closes(&[1.0, 2.0, 3.0, 3.0, 4.0, -1.0, 5.0, 6.0, 5.0].map(|v| (v > 0.0).then_some(v)));
    let table = [
        ("rising(close)", [U, T, T, F, T, U, U, T, F]),
        ("falling(close, 1)", [U, F, F, F, F, U, U, F, T]),
        ("rising(close, 2)", [U, U, T, F, F, U, U, U, F]),
        ("falling(-close, 2)", [U, U, T, F, F, U, U, U, F]),
    ];
    for (rule, expected) in table {
        assert_eq!(truths(&world, rule), expected, "{rule}");
    }
    assert_eq!(warm_up("rising(close, 3)"), 3);
}

#[test]
fn a_condition_chooses_between_numbers_and_between_conditions() {
    let world = World::of_closes(&[Some(1.0), Some(2.0), HOLE, Some(3.0)]);
    assert_eq!(column(&world, "if(close > 1, 10, -close)"), [Some(-1.0), Some(10.0), HOLE, Some(10.0)]);
    // Only the chosen side must be defined.
    assert_eq!(column(&world, "if(close > 1, close, lag(close, 3))"), [HOLE, Some(2.0), HOLE, Some(3.0)]);
    assert_eq!(truths(&world, "if(close > 1, close > 2, close < 2)"), [T, F, U, T]);
    // Kleene's `or` of both cases would be false here; a choice that is not known is not.
    assert_eq!(truths(&world, "if(close > 1, false, false)"), [F, F, U, F]);
    for (rule, message) in [
        ("if(close, 1, 2)", "expected true or false as `condition` of if, found a number"),
        ("if(close > 1, 1, close > 2)", "expected a number as `b` of if, found true or false"),
        ("if(close > 1, close > 2, 1)", "expected true or false as `b` of if, found a number"),
        ("since(close)", "expected true or false as `condition` of since, found a number"),
        (
            "count(close > 1, close)",
            "`n` of count must be the same on every bar: write a number or a $parameter",
        ),
    ] {
        let error = crate::testing::try_bind(rule, &mut Graph::new()).unwrap_err();
        assert_eq!(error.to_string(), message, "{rule}");
    }
}

#[test]
fn values_and_states_are_remembered() {
    let closes = [Some(1.0), Some(4.0), Some(2.0), HOLE, Some(5.0), Some(0.0), Some(2.0)];
    let world = World::of_closes(&closes);
    assert_eq!(
        column(&world, "value_when(close > 3, -close)"),
        [HOLE, Some(-4.0), Some(-4.0), HOLE, Some(-5.0), Some(-5.0), Some(-5.0)]
    );
    // `x` undefined where the condition is true: there is nothing to remember.
    assert_eq!(column(&world, "value_when(close > 3, lag(close, 1))")[4..], [HOLE; 3]);
    assert_eq!(truths(&world, "latch(close > 3, close < 1)"), [F, T, T, U, T, F, F]);
    assert_eq!(truths(&world, "latch(close > 1, close > 3)"), [F, F, T, U, F, F, T], "off wins");
    // An undefined `on` is no matter while `off` is true, an undefined `off` is none while the state is false.
    assert_eq!(truths(&world, "latch(lag(close, 6) > 0, close > 0)"), [F, F, F, U, F, U, F]);
    assert_eq!(truths(&world, "latch(close > 9, lag(close, 6) > 9)"), [F, F, F, U, F, F, F]);
}

#[test]
fn defined_is_never_undefined() {
    let world = World::of_closes(&[Some(1.0), HOLE, Some(0.0)]);
    assert_eq!(truths(&world, "defined(close)"), [T, F, T]);
    assert_eq!(truths(&world, "defined(1 / close)"), [T, F, F]);
    assert_eq!(column(&world, "if(defined(close@VIX), close@VIX, 20)"), [Some(20.0); 3]);
}

#[test]
fn arithmetic_of_one_bar() {
    let world = World::of_closes(&[Some(-2.5), Some(0.0), Some(2.5), HOLE]);
    let table = [
        ("abs(close)", [Some(2.5), Some(0.0), Some(2.5), HOLE]),
        ("sign(close)", [Some(-1.0), Some(0.0), Some(1.0), HOLE]),
        ("round(close)", [Some(-3.0), Some(0.0), Some(3.0), HOLE]),
        ("min(close, 1)", [Some(-2.5), Some(0.0), Some(1.0), HOLE]),
        ("max(close, 1)", [Some(1.0), Some(1.0), Some(2.5), HOLE]),
        ("sqrt(close)", [HOLE, Some(0.0), Some(2.5_f64.sqrt()), HOLE]),
        ("log(close)", [HOLE, HOLE, Some(libm::log(2.5)), HOLE]),
        ("exp(close * 1000)", [Some(0.0), Some(1.0), HOLE, HOLE]),
    ];
    for (rule, expected) in table {
        assert_eq!(column(&world, rule), expected, "{rule}");
    }
}
