use super::{Comparison, Verification};

#[test]
fn rounding_is_told_from_difference() {
    let compare = |stored, computed| {
        let mut found = Comparison::default();
        found.number("sharpe_ratio", stored, computed);
        found.result()
    };
    assert_eq!(compare(Some(1.5), Some(1.5)), Verification::Identical);
    assert_eq!(compare(None, None), Verification::Identical);
    assert!(matches!(compare(Some(1e6), Some(1e6 + 1e-5)), Verification::WithinRounding { .. }));
    for (stored, computed) in [(Some(1e6), Some(1e6 + 1e-2)), (Some(0.0), Some(1e-8)), (None, Some(0.0))] {
        assert!(matches!(compare(stored, computed), Verification::Different(_)), "{stored:?} {computed:?}");
    }
}

#[test]
fn rows_are_compared_in_number_and_one_by_one() {
    let mut found = Comparison::default();
    found.rows("trades", &[1, 2, 3], &[1, 2, 3]);
    found.rows("trades", &[1, 2, 3], &[1, 5, 3]);
    found.rows("signals", &[1, 2], &[1]);
    let Verification::Different(differences) = found.result() else { panic!("they differ") };
    let told: Vec<_> = differences.iter().map(|d| (d.what.as_str(), d.computed.as_str())).collect();
    assert_eq!(told, [("trades", "another number 2"), ("signals", "1")]);
}
