mod oracle;

use crate::{
    Evidence, MarketEvidence, Moments, ReturnEvidence, ReturnFold, Tail, TradeEvidence, performance,
};
use admf_model::{ExitReason, METRICS, Performance, Side, Trade, TradeStatus};
use oracle::{CASES, Case, Row};

impl Row {
    fn trade(&self) -> Trade {
        let status = if self.closed { TradeStatus::Closed } else { TradeStatus::Open };
        Trade {
            side: if self.units > 0.0 { Side::Long } else { Side::Short },
            status,
            reason: self.closed.then_some(ExitReason::Rule),
            entry_decision_bar: self.bars[0],
            entry_bar: self.bars[0],
            exit_decision_bar: self.bars[1],
            exit_bar: self.bars[1],
            entry_price: self.prices[0],
            exit_price: self.prices[1],
            entry_raw: self.raw[0],
            exit_raw: self.raw[1],
            units: self.units,
            commission: self.commission,
            slippage: self.slippage,
            borrow: 0.0,
            pnl: self.pnl,
            return_fraction: self.return_fraction,
            favourable_excursion: 0.0,
            adverse_excursion: 0.0,
            ambiguous: false,
        }
    }
}

impl Case {
    /// All metrics of the case, under a risk-free rate and a minimum acceptable return per year.
    fn performance(&self, risk_free: f64, minimum_acceptable_return: f64) -> Performance {
        let per_bar = minimum_acceptable_return / 252.0;
        let (net, mut returns) = self.fold(self.equity, per_bar);
        let (gross, _) = self.fold(self.gross_equity, per_bar);
        let (mut market, mut sum_product) = (MarketEvidence::default(), 0.0);
        market.moments.push(0.0);
        for (bar, pair) in self.closes.windows(2).enumerate() {
            let market_return = pair[1] / pair[0] - 1.0;
            market.moments.push(market_return);
            sum_product += returns[bar + 1] * market_return;
        }
        market.sum_product = Some(sum_product);
        let mut trades = TradeEvidence::default();
        self.trades.iter().for_each(|row| trades.push(&row.trade()));
        performance(&Evidence {
            net: &net,
            gross: Some(&gross),
            tail: Tail::from_returns(&mut returns),
            trades: &trades,
            market: &market,
            exposed_bars: self.exposed_bars,
            sum_equity: self.equity.iter().sum(),
            bars_per_year: 252.0,
            risk_free,
            minimum_acceptable_return,
        })
    }

    fn fold(&self, equity: &[f64], acceptable_per_bar: f64) -> (ReturnEvidence, Vec<f64>) {
        let mut fold = ReturnFold::new(self.capital, acceptable_per_bar);
        let returns = equity.iter().map(|equity| fold.push(*equity)).collect();
        (fold.evidence(), returns)
    }
}

fn assert_close(what: &str, found: Option<f64>, expected: Option<f64>) {
    let close = match (found, expected) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
        (a, b) => a == b,
    };
    assert!(close, "{what}: found {found:?}, expected {expected:?}");
}

#[test]
fn every_metric_of_the_oracle_is_reproduced() {
    for case in CASES {
        let found = case.performance(0.0, 0.0).values();
        assert_eq!(case.expected.len(), METRICS.len(), "{}", case.name);
        for (metric, found) in METRICS.iter().zip(found) {
            let (_, expected) = case.expected.iter().find(|(name, _)| *name == metric.name).unwrap();
            assert_close(&format!("{} {}", case.name, metric.name), found, *expected);
        }
    }
}

#[test]
fn rates_per_year_are_spread_over_the_bars() {
    // numpy on the same equity: excess over 0.02 / 252 and 0.03 / 252 per bar.
    for (name, per_bar, sharpe, sortino, gross_sharpe, gross_sortino, impact) in [
        (
            "random_031",
            -0.0664895942106342,
            -1.0554895863296283,
            -1.550247936738892,
            -0.9671345385602574,
            -1.4522866090832163,
            0.08835504776937086,
        ),
        (
            "random_028",
            -0.26450717832670967,
            -4.198921283063326,
            -4.277751737761913,
            -4.039457434869275,
            -4.133949219316172,
            0.15946384819405068,
        ),
    ] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let found = case.performance(0.02, 0.03);
        assert_close("sharpe_per_bar", found.sharpe_per_bar, Some(per_bar));
        assert_close("sharpe_ratio", found.sharpe_ratio, Some(sharpe));
        assert_close("sortino_ratio", found.sortino_ratio, Some(sortino));
        assert_close("gross_sharpe", found.gross_sharpe, Some(gross_sharpe));
        assert_close("gross_sortino", found.gross_sortino, Some(gross_sortino));
        assert_close("cost_impact", found.cost_impact, Some(impact));
    }
}

#[test]
fn nothing_traded_is_mostly_undefined() {
    let mut fold = ReturnFold::new(1000.0, 0.0);
    fold.push_flat(10);
    let returns = fold.evidence();
    let market = MarketEvidence {
        moments: Moments { count: 10, ..Moments::default() },
        average_volatility: Some(0.2),
        sum_product: Some(0.0),
    };
    let found = performance(&Evidence {
        net: &returns,
        gross: Some(&returns),
        tail: Tail::from_returns(&mut [0.0; 10]),
        trades: &TradeEvidence::default(),
        market: &market,
        exposed_bars: 0,
        sum_equity: 10_000.0,
        bars_per_year: 252.0,
        risk_free: 0.0,
        minimum_acceptable_return: 0.0,
    });
    let zero = Some(0.0);
    let expected = Performance {
        total_return: zero,
        annualized_return: zero,
        volatility: zero,
        max_drawdown: zero,
        longest_drawdown: zero,
        value_at_risk: zero,
        expected_shortfall: zero,
        exposure: zero,
        turnover: zero,
        total_trades: zero,
        gross_return: zero,
        gross_annualized_return: zero,
        gross_volatility: zero,
        gross_max_drawdown: zero,
        total_commission: zero,
        total_slippage: zero,
        total_borrow: zero,
        total_costs: zero,
        avg_market_volatility: Some(0.2),
        ..Performance::default()
    };
    assert_eq!(found, expected);
}
