//! The kernel that jumps from change to change finds what the bar-by-bar kernel finds: trades to the last bit, metrics to 1e-9.

use crate::random;
use admf_engine::{Decisions, Detail, Evaluation, Metrics, Mode, Path, Regimes, Scratch, Terms, evaluate};
use admf_model::{Labels, METRICS, Role};
use proptest::prelude::*;

fn labels(codes: Vec<Option<u8>>) -> Labels {
    Labels::new(Role::Volatility, codes)
}

fn near(a: Option<f64>, b: Option<f64>, what: &str) -> Result<(), TestCaseError> {
    match (a, b) {
        (Some(a), Some(b)) => {
            prop_assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0), "{}: {} and {}", what, a, b);
        }
        _ => prop_assert_eq!(a, b, "{}", what),
    }
    Ok(())
}

pub(crate) fn agree(fast: &Evaluation, slow: &Evaluation) -> Result<(), TestCaseError> {
    prop_assert_eq!(&fast.trades, &slow.trades);
    prop_assert_eq!(&fast.signals, &slow.signals);
    prop_assert_eq!(&fast.dominant, &slow.dominant);
    prop_assert_eq!((fast.conflicts, fast.ruined), (slow.conflicts, slow.ruined));
    for (metric, (a, b)) in
        METRICS.iter().zip(fast.performance.values().into_iter().zip(slow.performance.values()))
    {
        near(a, b, metric.name)?;
    }
    prop_assert_eq!(
        fast.regimes.iter().map(Vec::len).collect::<Vec<_>>(),
        slow.regimes.iter().map(Vec::len).collect::<Vec<_>>()
    );
    for (a, b) in fast.regimes.iter().flatten().zip(slow.regimes.iter().flatten()) {
        prop_assert_eq!((a.label, a.bars, a.trade_count), (b.label, b.bars, b.trade_count));
        prop_assert_eq!((a.win_rate, a.avg_duration), (b.win_rate, b.avg_duration));
        near(a.sharpe_ratio, b.sharpe_ratio, "regime sharpe_ratio")?;
        near(Some(a.total_return), Some(b.total_return), "regime total_return")?;
        near(a.regime_aware_score, b.regime_aware_score, "regime_aware_score")?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn levels_and_latches_are_found_as_bar_by_bar(
        (bars, long, exit, codes) in random::bars(40..260).prop_flat_map(|bars| {
            let n = bars.len();
            let codes = prop::collection::vec(prop::option::weighted(0.9, 0_u8..4), n);
            (Just(bars), random::truth(n), prop::option::of(random::truth(n)), codes)
        }),
        terms in random::terms(),
        skip in 0_usize..38,
    ) {
        let market = random::market(&bars, &terms, skip);
        let decisions = Decisions { exit_long: exit, ..Decisions::long_only(long) };
        let regimes = [Regimes::new(labels(codes), &market)];
        let run = |path| evaluate(&market, &decisions, &regimes, &terms, Mode::full(path), &mut Scratch::default());
        agree(&run(Path::Fastest), &run(Path::BarByBar))?;
    }

    #[test]
    fn everything_is_found_as_bar_by_bar(
        (bars, decisions, codes) in random::bars(40..260).prop_flat_map(|bars| {
            let n = bars.len();
            let codes = prop::collection::vec(prop::option::weighted(0.9, 0_u8..4), n);
            (Just(bars), random::decisions(n), codes)
        }),
        terms in random::terms(),
        skip in 0_usize..38,
    ) {
        let market = random::market(&bars, &terms, skip);
        let regimes = [Regimes::new(labels(codes), &market)];
        let run = |path| evaluate(&market, &decisions, &regimes, &terms, Mode::full(path), &mut Scratch::default());
        agree(&run(Path::Fastest), &run(Path::BarByBar))?;
    }

    #[test]
    fn what_is_computed_alone_is_what_is_computed_with_all(
        (bars, decisions, codes) in random::bars(40..160).prop_flat_map(|bars| {
            let n = bars.len();
            let codes = prop::collection::vec(prop::option::weighted(0.9, 0_u8..4), n);
            (Just(bars), random::decisions(n), codes)
        }),
        terms in random::terms(),
        path in prop_oneof![Just(Path::Fastest), Just(Path::BarByBar)],
    ) {
        let market = random::market(&bars, &terms, 0);
        let regimes = [Regimes::new(labels(codes), &market)];
        let run = |mode| evaluate(&market, &decisions, &regimes, &terms, mode, &mut Scratch::default());
        let all = run(Mode::full(path));
        let found = run(Mode { path, detail: Detail::NONE, metrics: Metrics::Net });
        prop_assert!(found.trades.is_empty() && found.signals.is_empty());
        prop_assert_eq!(found.trade_count, all.trades.len());
        prop_assert_eq!(found.signal_count, all.signals.len());
        prop_assert_eq!(found.ambiguous_trades, all.trades.iter().filter(|t| t.ambiguous).count());
        prop_assert_eq!(found.open_position, all.trades.last().is_some_and(|t| t.reason.is_none()));
        prop_assert_eq!((&found.regimes, &found.dominant), (&all.regimes, &all.dominant));
        for (metric, (found, all)) in METRICS.iter().zip(found.performance.values().into_iter().zip(all.performance.values())) {
            let left_out = metric.name.starts_with("gross_")
                || ["cost_impact", "value_at_risk", "expected_shortfall", "beta"].contains(&metric.name);
            prop_assert_eq!(found, all.filter(|_| !left_out), "{}", metric.name);
        }
    }

    #[test]
    fn money_is_conserved_bar_by_bar(
        (bars, decisions) in random::bars(40..160).prop_flat_map(|bars| {
            let n = bars.len();
            (Just(bars), random::decisions(n))
        }),
        terms in random::terms(),
    ) {
        check_conservation(&bars, &decisions, &terms)?;
    }
}

/// Σ profit of closed trades + open profit = change of equity; every trade lies in the window, in order.
fn check_conservation(
    bars: &admf_model::Bars,
    decisions: &Decisions,
    terms: &Terms,
) -> Result<(), TestCaseError> {
    let market = random::market(bars, terms, 0);
    let mut scratch = Scratch::default();
    let got = evaluate(&market, decisions, &[], terms, Mode::full(Path::BarByBar), &mut scratch);
    let profit: f64 = got.trades.iter().map(|t| t.pnl).sum();
    let equity = *scratch.equity().last().unwrap();
    if !got.ruined {
        prop_assert!(
            (equity - terms.capital() - profit).abs() < 1e-6 * terms.capital(),
            "{} {}",
            equity,
            profit
        );
    }
    let mut last = 0;
    for trade in &got.trades {
        prop_assert!(trade.entry_bar >= last && trade.exit_bar >= trade.entry_bar);
        prop_assert!(trade.entry_decision_bar <= trade.entry_bar);
        last = trade.exit_bar;
    }
    let exposure = got.performance.exposure.unwrap();
    prop_assert!((0.0..=1.0).contains(&exposure));
    Ok(())
}
