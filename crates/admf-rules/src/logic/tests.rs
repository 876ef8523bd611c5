//! The truth tables of rule 6, written out.

use super::{Arithmetic, and, arithmetic, compare, or};
use admf_model::Comparison;

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const U: Option<bool> = None;

#[test]
fn conjunction_and_disjunction_follow_kleene() {
    // Kleene, Introduction to Metamathematics (1952), section 64: the strong tables.
    let rows = [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ];
    for (a, b, conjunction, disjunction) in rows {
        assert_eq!(and(a, b), conjunction, "{a:?} and {b:?}");
        assert_eq!(or(a, b), disjunction, "{a:?} or {b:?}");
    }
}

#[test]
fn undefined_operands_and_results_are_undefined() {
    assert_eq!(arithmetic(Arithmetic::Divide, Some(1.0), Some(0.0)), None);
    assert_eq!(arithmetic(Arithmetic::Divide, Some(0.0), Some(0.0)), None);
    assert_eq!(arithmetic(Arithmetic::Multiply, Some(1e200), Some(1e200)), None);
    assert_eq!(arithmetic(Arithmetic::Add, None, Some(1.0)), None);
    assert_eq!(arithmetic(Arithmetic::Subtract, Some(3.0), Some(1.0)), Some(2.0));
    assert_eq!(compare(Comparison::Less, None, Some(1.0)), None);
    assert_eq!(compare(Comparison::GreaterOrEqual, Some(1.0), Some(1.0)), Some(true));
    assert_eq!(compare(Comparison::NotEqual, Some(1.0), Some(1.0)), Some(false));
}
