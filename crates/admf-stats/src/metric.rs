//! The metrics: one file each, one formula each. A registry.
//!
//! Every name of [`admf_model::METRICS`] has its file, except that `gross_*` are the same formulas over the gross
//! returns and `deflated_sharpe`, which needs the other trials of the family, is in [`crate::inference`].

mod annualized_return;
mod avg_loss;
mod avg_market_volatility;
mod avg_slippage;
mod avg_trade_duration;
mod avg_trade_return;
mod avg_win;
mod beta;
mod calmar_ratio;
mod cost_impact;
mod cost_per_trade;
mod expected_shortfall;
mod exposure;
mod kurtosis;
mod largest_loss;
mod largest_win;
mod longest_drawdown;
mod max_drawdown;
mod profit_factor;
mod sharpe_per_bar;
mod sharpe_ratio;
mod skewness;
mod sortino_ratio;
mod total_borrow;
mod total_commission;
mod total_costs;
mod total_return;
mod total_slippage;
mod total_trades;
mod turnover;
mod value_at_risk;
mod volatility;
mod win_rate;

pub use annualized_return::annualized_return;
pub use avg_loss::avg_loss;
pub use avg_market_volatility::avg_market_volatility;
pub use avg_slippage::avg_slippage;
pub use avg_trade_duration::avg_trade_duration;
pub use avg_trade_return::avg_trade_return;
pub use avg_win::avg_win;
pub use beta::beta;
pub use calmar_ratio::calmar_ratio;
pub use cost_impact::cost_impact;
pub use cost_per_trade::cost_per_trade;
pub use expected_shortfall::expected_shortfall;
pub use exposure::exposure;
pub use kurtosis::kurtosis;
pub use largest_loss::largest_loss;
pub use largest_win::largest_win;
pub use longest_drawdown::longest_drawdown;
pub use max_drawdown::max_drawdown;
pub use profit_factor::profit_factor;
pub use sharpe_per_bar::sharpe_per_bar;
pub use sharpe_ratio::sharpe_ratio;
pub use skewness::skewness;
pub use sortino_ratio::sortino_ratio;
pub use total_borrow::total_borrow;
pub use total_commission::total_commission;
pub use total_costs::total_costs;
pub use total_return::total_return;
pub use total_slippage::total_slippage;
pub use total_trades::total_trades;
pub use turnover::turnover;
pub use value_at_risk::value_at_risk;
pub use volatility::volatility;
pub use win_rate::win_rate;

#[cfg(test)]
mod tests;
