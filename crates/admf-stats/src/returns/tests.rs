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

    #[test]
    fn many_bars_at_once_are_bars_one_by_one(
        // Runs of equal values, and values that differ in the last bit, are no drawdowns.
        steps in prop::collection::vec(prop_oneof![Just(0.0), Just(1e-14), Just(1e-11), -0.05..0.05], 0..80),
        parts in prop::collection::vec(0_usize..30, 0..8),
        acceptable in -0.01..0.01,
    ) {
        let mut equity = vec![100.0];
        steps.iter().for_each(|step| equity.push(equity[equity.len() - 1] * (1.0 + step)));
        let (mut one_by_one, mut at_once) = (ReturnFold::new(99.0, acceptable), ReturnFold::new(99.0, acceptable));
        let expected: Vec<f64> = equity.iter().map(|equity| one_by_one.push(*equity)).collect();
        let mut found = Vec::new();
        let mut rest = &equity[..];
        for part in parts {
            let (now, later) = rest.split_at(part.min(rest.len()));
            at_once.push_bars(now, Some(&mut found)).unwrap();
            rest = later;
        }
        at_once.push_bars(rest, Some(&mut found)).unwrap();
        prop_assert_eq!(found, expected);
        prop_assert_eq!((at_once.equity, at_once.drawdown), (one_by_one.equity, one_by_one.drawdown));
        let sums = |fold: &ReturnFold| {
            let m = fold.moments;
            [m.sum, m.sum_squares, m.sum_cubes, m.sum_fourths, fold.downside_squares]
        };
        for (a, b) in sums(&at_once).into_iter().zip(sums(&one_by_one)) {
            prop_assert!((a - b).abs() < 1e-15, "{} {}", a, b);
        }
    }
}

#[test]
fn equity_that_is_gone_is_not_counted_at_once() {
    let count = |capital: f64, equity: &[f64]| ReturnFold::new(capital, 0.0).push_bars(equity, None);
    assert_eq!(count(100.0, &[101.0, 0.0, 0.0]), None);
    assert_eq!(count(100.0, &[101.0, -3.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]), None);
    assert_eq!(count(0.0, &[1.0]), None);
    assert_eq!(count(100.0, &[]), Some(()));
}
