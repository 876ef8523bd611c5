use super::ReturnFold;
use proptest::prelude::*;

#[test]
fn the_first_return_is_relative_to_the_capital_and_ruin_earns_nothing() {
    let mut fold = ReturnFold::new(1000.0, 0.0);
    let returns = [1100.0, 550.0, 0.0, 0.0].map(|equity| fold.push(equity));
    for (found, expected) in returns.into_iter().zip([0.1, -0.5, -1.0, 0.0]) {
        assert!((found - expected).abs() < 1e-15, "{returns:?}");
    }
    let evidence = fold.evidence();
    assert_eq!((evidence.capital, evidence.final_equity), (1000.0, 0.0));
    assert_eq!((evidence.max_drawdown, evidence.longest_drawdown), (1.0, 3));
    assert_eq!(evidence.downside_squares, 1.25);
    assert_eq!(evidence.moments.count, 4);
}

#[test]
fn the_downside_is_measured_from_the_acceptable_return() {
    let mut fold = ReturnFold::new(100.0, 0.01);
    fold.push(100.0);
    fold.push(103.0);
    assert!((fold.evidence().downside_squares - 1e-4).abs() < 1e-18);
}

proptest! {
    #[test]
    fn flat_bars_at_once_are_flat_bars_one_by_one(
        equity in prop::collection::vec(50.0..150.0, 0..8),
        flat in 0_u64..12,
        after in prop::collection::vec(50.0..150.0, 0..4),
        acceptable in -0.01..0.01,
    ) {
        let mut one_by_one = ReturnFold::new(100.0, acceptable);
        equity.iter().for_each(|equity| { one_by_one.push(*equity); });
        let mut at_once = one_by_one;
        at_once.push_flat(flat);
        (0..flat).for_each(|_| { one_by_one.push(one_by_one.equity); });
        for equity in after {
            prop_assert_eq!(at_once.push(equity), one_by_one.push(equity));
        }
        let (at_once, one_by_one) = (at_once.evidence(), one_by_one.evidence());
        prop_assert!((at_once.downside_squares - one_by_one.downside_squares).abs() < 1e-15);
        prop_assert_eq!(
            super::ReturnEvidence { downside_squares: 0.0, ..at_once },
            super::ReturnEvidence { downside_squares: 0.0, ..one_by_one }
        );
    }
}
