use super::{Entry, Exit, Ledger};
use crate::Terms;
use admf_model::{Costs, Execution, ExitReason, Side, Slippage};
use proptest::prelude::*;

fn terms(costs: Costs) -> Terms {
    Terms { execution: Execution { costs, capital: 1000.0, ..Execution::DEFAULT }, bars_per_year: 252.0 }
}

fn entry(side: Side, raw: f64, slippage: f64) -> Entry {
    Entry { side, size: 1.0, bar: 1, decision_bar: 0, raw, slippage }
}

fn exit(raw: f64, slippage: f64) -> Exit {
    Exit { reason: ExitReason::Rule, bar: 2, decision_bar: 1, raw, slippage }
}

#[test]
fn all_of_equity_never_borrows() {
    let terms =
        terms(Costs { commission: 0.01, commission_per_fill: 2.0, commission_per_unit: 0.1, ..Costs::NONE });
    let mut ledger = Ledger::new(&terms);
    assert!(ledger.open(&entry(Side::Long, 50.0, 0.02)));
    assert!(ledger.cash().abs() < 1e-9, "{}", ledger.cash());
}

#[test]
fn fees_above_equity_buy_nothing() {
    let terms = terms(Costs { commission_per_fill: 1000.0, ..Costs::NONE });
    let mut ledger = Ledger::new(&terms);
    assert!(!ledger.open(&entry(Side::Long, 50.0, 0.0)));
    assert_eq!((ledger.cash(), ledger.units()), (1000.0, 0.0));
}

#[test]
fn whole_units_round_towards_zero() {
    let mut terms = terms(Costs::NONE);
    terms.execution.whole_units = true;
    let mut ledger = Ledger::new(&terms);
    assert!(ledger.open(&entry(Side::Short, 300.0, 0.0)));
    assert_eq!((ledger.units(), ledger.cash()), (-3.0, 1900.0));
    ledger.close(&exit(300.0, 0.0));
    assert!(!ledger.open(&entry(Side::Long, 1001.0, 0.0)));
}

#[test]
fn a_short_pays_for_what_it_borrows() {
    let terms = terms(Costs { borrow_rate: 0.252, ..Costs::NONE });
    let mut ledger = Ledger::new(&terms);
    ledger.open(&entry(Side::Short, 100.0, 0.0));
    ledger.charge_borrow(100.0);
    let trade = ledger.close(&exit(100.0, 0.0));
    assert!((trade.borrow - 1.0).abs() < 1e-12 && (trade.pnl + 1.0).abs() < 1e-12);
    ledger.open(&entry(Side::Long, 100.0, 0.0));
    ledger.charge_borrow(100.0);
    assert_eq!(ledger.close(&exit(100.0, 0.0)).borrow, 0.0);
}

proptest! {
    /// Σ trade profit = change of equity, whatever the costs.
    #[test]
    fn money_is_conserved(
        prices in prop::collection::vec((10.0_f64..200.0, 10.0_f64..200.0, any::<bool>()), 1..20),
        commission in 0.0_f64..0.01,
        per_fill in 0.0_f64..1.0,
        per_unit in 0.0_f64..0.01,
        rate in 0.0_f64..0.01,
    ) {
        let costs = Costs {
            commission,
            commission_per_fill: per_fill,
            commission_per_unit: per_unit,
            slippage: Slippage::Linear(rate),
            borrow_rate: 0.1,
        };
        let terms = terms(costs);
        let mut ledger = Ledger::new(&terms);
        let mut profit = 0.0;
        for (buy, sell, long) in prices {
            let side = if long { Side::Long } else { Side::Short };
            if ledger.cash() <= 1.0 || !ledger.open(&entry(side, buy, rate)) {
                break;
            }
            ledger.charge_borrow(buy);
            let trade = ledger.close(&exit(sell, rate));
            let gross = trade.units * (sell - buy) - trade.slippage;
            prop_assert!((gross - trade.commission - trade.borrow - trade.pnl).abs() < 1e-7);
            profit += trade.pnl;
        }
        prop_assert!((ledger.cash() - 1000.0 - profit).abs() < 1e-6, "{} {}", ledger.cash(), profit);
    }
}
