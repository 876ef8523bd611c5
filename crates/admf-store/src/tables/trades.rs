//! `trades`: one row per trade of a strategy.

use crate::record::record;
use admf_model::{CorrelationId, RunId, StrategyId, Timestamp, TradeId};

record! {
    /// A position from entry to exit.
    pub struct TradeRow = "trades" {
        /// Content hash of the strategy's correlation id and the ordinal of the trade.
        trade_id: TradeId,
        /// The run.
        run_id: RunId,
        /// The strategy.
        strategy_id: StrategyId,
        /// The strategy in this run.
        correlation_id: CorrelationId,
        /// Closing time of the bar of the entry fill, UTC.
        entry_time: Timestamp,
        /// Closing time of the bar of the exit fill, UTC; of the last bar while open.
        exit_time: Timestamp,
        /// The symbol.
        symbol: String,
        /// `long` or `short`.
        direction: String,
        /// `closed`, or `open` at the end of the data: marked at the last close and not part of trade statistics.
        status: String,
        /// `rule`, `stop`, `target`, `max_bars`, `ruin` or `end`; undefined while open.
        exit_reason: Option<String>,
        /// Entry fill after slippage.
        entry_price: f64,
        /// Exit fill after slippage.
        exit_price: f64,
        /// Units held; negative when short.
        position_size: f64,
        /// Profit after all costs, in the currency of the prices.
        pnl: f64,
        /// Profit in percent of the entry value: 5 is 5 %.
        pnl_percent: f64,
        /// Profit as a fraction of the entry value: 0.05 is 5 %.
        return_fraction: f64,
        /// Largest unrealised gain, a fraction of the entry price, never negative.
        favourable_excursion: f64,
        /// Largest unrealised loss, a fraction of the entry price, never negative.
        adverse_excursion: f64,
        /// Annualised volatility of the symbol at the entry decision; undefined in the first bars.
        entry_volatility: Option<f64>,
        /// Annualised volatility of the symbol at the exit decision; undefined in the first bars.
        exit_volatility: Option<f64>,
        /// Trend label at the entry decision.
        entry_regime: Option<String>,
        /// Trend label at the exit decision.
        exit_regime: Option<String>,
        /// Volatility label at the entry decision.
        entry_volatility_regime: Option<String>,
        /// Volatility label at the exit decision.
        exit_volatility_regime: Option<String>,
        /// Event that asked for the position; undefined where no events were recorded.
        entry_signal_event_id: Option<String>,
        /// Event that asked for the exit; undefined where no events were recorded.
        exit_signal_event_id: Option<String>,
        /// Money lost to slippage at both fills.
        slippage: f64,
        /// Commission of both fills.
        commission: f64,
        /// Cost of borrowing while short.
        borrow: f64,
        /// Bars from the entry fill to the exit fill.
        duration_bars: i64,
        /// Stop and target were inside the exit bar; the stop was taken.
        ambiguous: bool,
    }
}
