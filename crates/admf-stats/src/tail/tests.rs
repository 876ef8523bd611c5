use super::{Tail, tail_count};
use proptest::prelude::*;

#[test]
fn the_tail_is_a_twentieth_rounded_up() {
    for (n, k) in [(0, 0), (1, 1), (20, 1), (21, 2), (100, 5), (140, 7), (141, 8), (5031, 252)] {
        assert_eq!(tail_count(n), k, "of {n}");
    }
}

#[test]
fn no_bars_have_no_tail() {
    assert_eq!(Tail::from_returns(&mut []), Tail { value_at_risk: None, expected_shortfall: None });
}

#[test]
fn a_quiet_tail_is_a_plain_zero() {
    let quiet = Tail::from_returns(&mut [0.0; 30]);
    for value in [quiet.value_at_risk, quiet.expected_shortfall] {
        assert_eq!(value.map(f64::to_bits), Some(0.0_f64.to_bits()), "{value:?}");
    }
}

#[test]
fn a_tail_of_gains_is_a_negative_loss() {
    let gains = Tail::from_worst(&[0.02, 0.01]);
    assert_eq!(gains.value_at_risk, Some(-0.02));
    assert!((gains.expected_shortfall.unwrap() + 0.015).abs() < 1e-15);
}

proptest! {
    #[test]
    fn agrees_with_sorting(
        // Long lists, on which a sample helps or errs: values that repeat, and that hide in one place.
        mut returns in prop_oneof![
            prop::collection::vec(-0.2..0.2, 1..300),
            prop::collection::vec(-0.2..0.2, 1024..1100),
            prop::collection::vec(prop_oneof![Just(0.0), Just(-0.1), -0.2..0.2], 1024..2100),
            (1024_usize..1500, 0_usize..1024).prop_map(|(n, at)| {
                (0..n).map(|i| if i >= at && i < at + n / 20 + 1 { -0.1 - i as f64 / 1e5 } else { 0.01 }).collect()
            }),
        ],
    ) {
        let mut sorted = returns.clone();
        sorted.sort_by(f64::total_cmp);
        let worst = &sorted[..(0.05 * returns.len() as f64).ceil() as usize];
        let found = Tail::from_returns(&mut returns);
        prop_assert_eq!(found.value_at_risk, worst.last().map(|r| 0.0 - r));
        let mean = worst.iter().sum::<f64>() / worst.len() as f64;
        prop_assert!((found.expected_shortfall.unwrap() + mean).abs() < 1e-15);
    }

    #[test]
    fn a_sorted_tail_takes_up_what_is_worse(
        mut worst in prop::collection::vec(-0.2..0.0, 1..60),
        others in prop::collection::vec(prop_oneof![Just(-0.1), -0.3..0.1], 0..80),
    ) {
        worst.sort_by(f64::total_cmp);
        let mut all: Vec<f64> = worst.iter().chain(&others).copied().collect();
        all.sort_by(f64::total_cmp);
        let expected = Tail::from_worst(&all[..worst.len()]);
        let found = Tail::from_sorted(&worst, &mut others.clone());
        prop_assert_eq!(found.value_at_risk, expected.value_at_risk);
        prop_assert!((found.expected_shortfall.unwrap() - expected.expected_shortfall.unwrap()).abs() < 1e-15);
    }
}
