use super::TradeEvidence;
use admf_model::{ExitReason, Side, Trade, TradeStatus};

/// A closed long trade of 10 units from 100 to 110 with a given result, slippage 0.5 a unit at both fills.
fn trade(pnl: f64) -> Trade {
    Trade {
        side: Side::Long,
        status: TradeStatus::Closed,
        reason: Some(ExitReason::Rule),
        entry_decision_bar: 3,
        entry_bar: 4,
        exit_decision_bar: 8,
        exit_bar: 9,
        entry_price: 100.0,
        exit_price: 110.0,
        entry_raw: 99.5,
        exit_raw: 110.5,
        units: 10.0,
        commission: 2.0,
        slippage: 10.0,
        borrow: 0.25,
        pnl,
        return_fraction: pnl / 1000.0,
        favourable_excursion: 0.1,
        adverse_excursion: 0.0,
        ambiguous: false,
    }
}

fn evidence(trades: &[Trade]) -> TradeEvidence {
    let mut evidence = TradeEvidence::default();
    trades.iter().for_each(|trade| evidence.push(trade));
    evidence
}

#[test]
fn wins_losses_and_break_even_are_counted_apart() {
    let found = evidence(&[30.0, -20.0, 0.0, 10.0, -40.0].map(trade));
    assert_eq!((found.closed, found.wins, found.losses), (5, 2, 2));
    assert_eq!((found.profit, found.loss), (40.0, -60.0));
    assert_eq!((found.largest_win, found.largest_loss), (30.0, -40.0));
    assert!((found.sum_returns + 0.02).abs() < 1e-15);
    assert_eq!(found.sum_duration_bars, 25);
}

#[test]
fn extremes_of_nothing_are_undefined() {
    let found = evidence(&[trade(0.0)]);
    assert_eq!((found.largest_win, found.largest_loss), (0.0, 0.0));
}

#[test]
fn fills_are_counted_at_both_prices_whatever_the_side() {
    let short = Trade { side: Side::Short, units: -10.0, ..trade(1.0) };
    let found = evidence(&[trade(1.0), short]);
    assert_eq!(found.traded_value, 2.0 * 2100.0);
    assert_eq!(found.traded_value_before_slippage, 2.0 * 2100.0);
    assert_eq!(evidence(&[Trade { exit_raw: 111.0, ..short }]).traded_value_before_slippage, 2105.0);
    assert_eq!((found.commission, found.slippage, found.borrow), (4.0, 20.0, 0.5));
}

#[test]
fn an_open_trade_costs_its_entry_and_is_no_result() {
    let open = Trade { status: TradeStatus::Open, reason: None, slippage: 5.0, ..trade(100.0) };
    let expected = TradeEvidence {
        commission: 2.0,
        slippage: 5.0,
        borrow: 0.25,
        traded_value: 1000.0,
        traded_value_before_slippage: 995.0,
        ..TradeEvidence::default()
    };
    assert_eq!(evidence(&[open]), expected);
    let found = evidence(&[trade(1.0), open, trade(-1.0)]);
    assert_eq!((found.closed, found.closed_costs), (2, 2.0 * 12.25));
}
