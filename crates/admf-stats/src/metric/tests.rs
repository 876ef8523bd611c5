//! Values published by other libraries, for the metrics that need no trades.

use super::*;
use crate::{Basis, Moments, ReturnEvidence, ReturnFold, TradeEvidence};
use admf_model::METRICS;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn basis(bars_per_year: f64) -> Basis {
    Basis { bars_per_year, risk_free: 0.0, minimum_acceptable_return: 0.0 }
}

/// Evidence of returns in percent.
fn percent(returns: &[f64]) -> ReturnEvidence {
    fractions(&returns.iter().map(|r| r / 100.0).collect::<Vec<_>>())
}

fn fractions(returns: &[f64]) -> ReturnEvidence {
    let mut fold = ReturnFold::new(1.0, 0.0);
    for bar_return in returns {
        fold.push(fold.equity * (1.0 + bar_return));
    }
    fold.evidence()
}

fn assert_close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found / expected - 1.0).abs() < 1e-12, "found {found}, expected {expected}");
}

// empyrical-reloaded tests/test_stats.py. Its daily series starts with NaN, which counts as a bar only in growth.
const MIXED: [f64; 9] = [0.0, 1.0, 10.0, -4.0, 2.0, 3.0, 2.0, 1.0, -10.0];
const POSITIVE: [f64; 9] = [1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
const NEGATIVE: [f64; 9] = [0.0, -6.0, -7.0, -1.0, -9.0, -2.0, -6.0, -8.0, -5.0];

#[test]
fn empyrical_agrees_on_ratios_of_daily_returns() {
    let (mixed, daily) = (percent(&MIXED[1..]), basis(252.0));
    assert_close(volatility(&mixed.moments, &daily), 0.9136465399704637);
    assert_close(sharpe_ratio(&mixed.moments, &daily), 1.7238613961706866);
    assert_close(sortino_ratio(&mixed, &daily), 2.605531251673693);
    assert_close(sharpe_ratio(&percent(&POSITIVE).moments, &daily), 52.915026221291804);
    assert_close(sharpe_ratio(&percent(&NEGATIVE).moments, &daily), -24.406808633910085);
}

#[test]
fn empyrical_agrees_on_growth_and_risk_of_any_interval() {
    let mixed = percent(&MIXED);
    for (bars_per_year, growth, calmar) in [
        (252.0, 1.9135925373194231, 19.135925373194233),
        (52.0, 0.24690830513998208, 2.4690830513998208),
        (12.0, 0.052242061386048144, 0.5224206138604814),
    ] {
        assert_close(annualized_return(&mixed, &basis(bars_per_year)), growth);
        assert_close(calmar_ratio(&mixed, &basis(bars_per_year)), calmar);
    }
    assert_close(volatility(&mixed.moments, &basis(52.0)), 0.38851569394870583);
    assert_close(sortino_ratio(&mixed, &basis(52.0)), 1.115890105686644);
    assert_close(volatility(&mixed.moments, &basis(12.0)), 0.18663690238892558);
    assert_close(sortino_ratio(&mixed, &basis(12.0)), 0.5360562674188976);
    assert!((total_return(&mixed).unwrap() - 0.03893).abs() < 5e-6);
}

#[test]
fn empyrical_agrees_on_drawdowns() {
    let all_negative: Vec<f64> = [-2.0].into_iter().chain(NEGATIVE[1..].iter().copied()).collect();
    for (returns, expected) in [
        (&MIXED[..], 0.1),
        (&POSITIVE[..], 0.0),
        (&NEGATIVE[..], 0.365907303498736),
        (&all_negative[..], 0.378589157),
        (&[10.0, -10.0, 10.0][..], 0.1),
    ] {
        assert!((max_drawdown(&percent(returns)) - expected).abs() < 1e-9);
    }
}

#[test]
fn nautilus_agrees() {
    // crates/analysis/src/statistics/{sharpe,sortino}_ratio.rs, inline tests.
    let daily = basis(252.0);
    let sharpe = fractions(&[0.01, -0.02, 0.015, -0.005, 0.025]);
    assert_close(sharpe_ratio(&sharpe.moments, &daily), 4.48998886412873);
    let sortino = fractions(&[-0.01, 0.02, -0.015, 0.005, -0.02]);
    assert_close(sortino_ratio(&sortino, &daily), -5.273224492824493);
    // profit_factor.rs: profits of 10 and 30, losses of 20 and 40.
    let trades = TradeEvidence { profit: 40.0, loss: -60.0, ..TradeEvidence::default() };
    assert_close(profit_factor(&trades), 2.0 / 3.0);
}

#[test]
fn costs_are_commission_slippage_and_borrowing() {
    let trades = TradeEvidence { commission: 3.0, slippage: 5.0, borrow: 2.0, ..Default::default() };
    assert_eq!((total_commission(&trades), total_slippage(&trades), total_borrow(&trades)), (3.0, 5.0, 2.0));
    assert_eq!(total_costs(&trades), 10.0);
}

#[test]
fn the_cost_of_a_trade_is_that_of_the_closed_ones() {
    // Of costs of 10 an open trade paid 2.
    let trades = TradeEvidence { closed: 4, closed_costs: 8.0, commission: 10.0, ..Default::default() };
    assert_eq!((total_costs(&trades), cost_per_trade(&trades)), (10.0, Some(2.0)));
    assert_eq!(cost_per_trade(&TradeEvidence { commission: 10.0, ..Default::default() }), None);
}

#[test]
fn what_cannot_be_divided_is_undefined() {
    let (flat, none, daily) = (percent(&[0.0; 30]), percent(&[]), basis(252.0));
    for evidence in [&flat, &none] {
        assert_eq!(sharpe_ratio(&evidence.moments, &daily), None);
        assert_eq!(sortino_ratio(evidence, &daily), None);
        assert_eq!(calmar_ratio(evidence, &daily), None);
    }
    assert_eq!(sortino_ratio(&percent(&POSITIVE), &daily), None, "no return is below zero");
    assert_eq!(calmar_ratio(&percent(&POSITIVE), &daily), None, "no drawdown");
    assert_eq!(volatility(&flat.moments, &daily), Some(0.0));
    assert_eq!(annualized_return(&flat, &daily), Some(0.0));
    assert_eq!(annualized_return(&none, &daily), None);
    let idle = TradeEvidence::default();
    assert_eq!((win_rate(&idle), profit_factor(&idle), cost_per_trade(&idle)), (None, None, None));
    assert_eq!((total_trades(&idle), total_costs(&idle)), (0.0, 0.0));
}

#[test]
fn a_rounding_error_of_a_drawdown_gives_no_calmar_ratio() {
    let rounded = ReturnEvidence { max_drawdown: 3e-16, ..percent(&POSITIVE) };
    assert_eq!(max_drawdown(&rounded), 0.0);
    assert_eq!(calmar_ratio(&rounded, &basis(252.0)), None);
}

#[test]
fn losing_everything_is_minus_one_and_growth_beyond_numbers_is_undefined() {
    let daily = basis(252.0);
    assert_eq!(annualized_return(&percent(&[5.0, -100.0]), &daily), Some(-1.0));
    let owing = ReturnEvidence { final_equity: -0.5, ..percent(&[5.0, 5.0]) };
    assert_eq!(annualized_return(&owing, &basis(2.0)), Some(-1.0), "less than nothing is not worse");
    assert_eq!(annualized_return(&percent(&[50.0]), &basis(98_280.0)), None);
}

#[test]
fn every_metric_has_its_file_with_the_fixed_headings() {
    let elsewhere = |name: &str| name.starts_with("gross_") || name == "deflated_sharpe";
    let expected: BTreeSet<String> =
        METRICS.iter().filter(|m| !elsewhere(m.name)).map(|m| format!("{}.rs", m.name)).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/metric");
    let found: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "tests.rs")
        .collect();
    assert_eq!(found, expected);
    for name in found {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        for heading in ["What it does", "When it fails", "Parameters", "Reference"] {
            assert!(text.contains(&format!("//! # {heading}\n")), "{name} has no `{heading}`");
        }
    }
}

proptest! {
    #[test]
    fn leverage_scales_risk_and_keeps_ratios(
        mut returns in prop::collection::vec(-0.02..0.02, 0..60),
        leverage in 0.1..5.0,
    ) {
        // Two returns that are apart, so that there is a spread to scale.
        returns.extend([-0.02, 0.01]);
        let moments_of = |scale: f64| {
            let mut moments = Moments::default();
            returns.iter().for_each(|r| moments.push(r * scale));
            moments
        };
        let (plain, levered, daily) = (moments_of(1.0), moments_of(leverage), basis(252.0));
        assert_close(volatility(&levered, &daily), volatility(&plain, &daily).unwrap() * leverage);
        let (found, expected) = (sharpe_ratio(&levered, &daily).unwrap(), sharpe_ratio(&plain, &daily).unwrap());
        prop_assert!((found - expected).abs() < 1e-10);
        let market = crate::MarketEvidence {
            sum_product: Some(plain.sum_squares * leverage), moments: plain, average_volatility: None,
        };
        assert_close(beta(&levered, &market), leverage);
    }

    #[test]
    fn a_constant_return_has_no_sharpe_ratio(bar_return in -0.05..0.05, bars in 2_usize..2000) {
        let constant = fractions(&vec![bar_return; bars]);
        prop_assert_eq!(sharpe_ratio(&constant.moments, &basis(252.0)), None);
    }
}
