//! All metrics of a strategy from its evidence.

use crate::{Evidence, metric};
use admf_model::Performance;

/// Every metric but `deflated_sharpe`, which needs the other trials of the family ([`crate::deflated_sharpe()`]).
pub fn performance(evidence: &Evidence) -> Performance {
    let Evidence { net, gross, tail, trades, market, .. } = *evidence;
    let basis = &evidence.basis();
    Performance {
        total_return: metric::total_return(net),
        annualized_return: metric::annualized_return(net, basis),
        volatility: metric::volatility(&net.moments, basis),
        sharpe_ratio: metric::sharpe_ratio(&net.moments, basis),
        sortino_ratio: metric::sortino_ratio(net, basis),
        max_drawdown: Some(metric::max_drawdown(net)),
        calmar_ratio: metric::calmar_ratio(net, basis),
        longest_drawdown: Some(metric::longest_drawdown(net)),
        value_at_risk: metric::value_at_risk(&tail),
        expected_shortfall: metric::expected_shortfall(&tail),
        skewness: metric::skewness(&net.moments),
        kurtosis: metric::kurtosis(&net.moments),
        beta: metric::beta(&net.moments, market),
        exposure: metric::exposure(evidence),
        turnover: metric::turnover(evidence),
        total_trades: Some(metric::total_trades(trades)),
        win_rate: metric::win_rate(trades),
        profit_factor: metric::profit_factor(trades),
        avg_win: metric::avg_win(trades),
        avg_loss: metric::avg_loss(trades),
        largest_win: metric::largest_win(trades),
        largest_loss: metric::largest_loss(trades),
        avg_trade_return: metric::avg_trade_return(trades),
        avg_trade_duration: metric::avg_trade_duration(trades),
        gross_return: gross.and_then(metric::total_return),
        gross_annualized_return: gross.and_then(|gross| metric::annualized_return(gross, basis)),
        gross_volatility: gross.and_then(|gross| metric::volatility(&gross.moments, basis)),
        gross_sharpe: gross.and_then(|gross| metric::sharpe_ratio(&gross.moments, basis)),
        gross_sortino: gross.and_then(|gross| metric::sortino_ratio(gross, basis)),
        gross_max_drawdown: gross.map(metric::max_drawdown),
        gross_calmar: gross.and_then(|gross| metric::calmar_ratio(gross, basis)),
        cost_impact: metric::cost_impact(evidence),
        total_commission: Some(metric::total_commission(trades)),
        total_slippage: Some(metric::total_slippage(trades)),
        total_borrow: Some(metric::total_borrow(trades)),
        total_costs: Some(metric::total_costs(trades)),
        cost_per_trade: metric::cost_per_trade(trades),
        avg_slippage: metric::avg_slippage(trades),
        avg_market_volatility: metric::avg_market_volatility(market),
        sharpe_per_bar: metric::sharpe_per_bar(&net.moments, basis),
        deflated_sharpe: None,
    }
}

#[cfg(test)]
mod tests;
