//! From what the engine found to the rows that are stored.

use super::identity::Identity;
use super::symbols::Symbols;
use crate::plan::PlannedStrategy;
use crate::spec::Keep;
use admf_engine::{Evaluation, Market};
use admf_model::{
    CorrelationId, Parameters, Performance, Role, RunId, StrategyId, Timestamp, Trade, TradeId, TrialId,
};
use admf_rules::Definition;
use admf_store::record::Json;
use admf_store::run::Rows;
use admf_store::tables::{RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};
use admf_store::trials::TrialRow;

/// One strategy before it is evaluated: what it is called and made of.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) strategy_id: StrategyId,
    pub(crate) trial_id: TrialId,
    pub(crate) strategy_type: String,
    pub(crate) strategy_version: String,
    pub(crate) symbol: usize,
    pub(crate) parameters: Parameters,
    /// The other symbols that the rule reads, by the definition's names for them.
    pub(crate) others: Vec<(String, String)>,
    pub(crate) rule: String,
}

/// What the rows of a run have in common.
pub(crate) struct RowMaker<'a> {
    pub(crate) run_id: RunId,
    pub(crate) symbols: &'a Symbols,
    pub(crate) keep: Keep,
}

impl RowMaker<'_> {
    /// Adds the rows of one evaluated strategy, and its line of the trial ledger.
    pub(crate) fn add(
        &self,
        item: &Item,
        evaluation: &Evaluation,
        rows: &mut Rows,
        trials: &mut Vec<TrialRow>,
    ) {
        let correlation_id = CorrelationId::new(self.run_id, item.strategy_id);
        let performance = evaluation.performance;
        trials.push(TrialRow {
            trial_id: item.trial_id.bits(),
            sharpe_per_bar: performance.sharpe_per_bar,
            trades: count(evaluation.trade_count),
            run_id: self.run_id,
        });
        rows.strategies.push(self.strategy(item, evaluation, performance, correlation_id));
        if self.keep.trades {
            let trade = |(n, t): (usize, &Trade)| self.trade(item, correlation_id, n, t);
            rows.trades.extend(evaluation.trades.iter().enumerate().map(trade));
        }
        if self.keep.signals {
            let market = self.market(item);
            let signals = evaluation.signals.iter().map(|(bar, wanted)| SignalRow {
                strategy_id: item.strategy_id,
                symbol: self.market(item).bars.symbol().to_owned(),
                ts: time(market, *bar),
                bar: Some(count(*bar)),
                signal: *wanted,
                confidence: None,
            });
            rows.signals.entry(item.strategy_type.clone()).or_default().extend(signals);
        }
        self.regimes(item, evaluation, rows);
    }

    fn market(&self, item: &Item) -> &Market {
        &self.symbols.data[item.symbol].market
    }

    fn strategy(
        &self,
        item: &Item,
        evaluation: &Evaluation,
        performance: Performance,
        correlation_id: CorrelationId,
    ) -> StrategyRow {
        let bars = self.market(item).window.len();
        let changes = evaluation.signal_count;
        let stored = self.keep.signals;
        StrategyRow {
            run_id: self.run_id,
            strategy_id: item.strategy_id,
            correlation_id,
            trial_id: item.trial_id,
            strategy_type: item.strategy_type.clone(),
            strategy_version: item.strategy_version.clone(),
            symbol: self.market(item).bars.symbol().to_owned(),
            parameters: Json(parameters_json(&item.parameters, &item.others)),
            rule: item.rule.clone(),
            signal_file: stored.then(|| format!("signals/{}.parquet", item.strategy_type)),
            signal_changes: count(changes),
            compression_ratio: (changes > 0).then(|| bars as f64 / changes as f64),
            performance,
            net_sharpe: performance.sharpe_ratio,
            market_regime: self.dominant(item, evaluation, Role::Trend),
            volatility_regime: self.dominant(item, evaluation, Role::Volatility),
            correlation_regime: self.dominant(item, evaluation, Role::Correlation),
            evaluated_bars: count(bars),
            bars_per_year: self.symbols.data[item.symbol].terms.bars_per_year,
            conflicts: count(evaluation.conflicts),
            ambiguous_trades: count(evaluation.ambiguous_trades),
            ruined: evaluation.ruined,
            open_position: evaluation.open_position,
        }
    }

    fn trade(&self, item: &Item, correlation_id: CorrelationId, ordinal: usize, trade: &Trade) -> TradeRow {
        let market = self.market(item);
        let label = |role: Role, bar: usize| self.symbols.label(item.symbol, role, bar).map(str::to_owned);
        let (entry, exit) = (trade.entry_decision_bar, trade.exit_decision_bar);
        TradeRow {
            trade_id: TradeId::new(correlation_id, ordinal as u64),
            run_id: self.run_id,
            strategy_id: item.strategy_id,
            correlation_id,
            entry_time: time(market, trade.entry_bar),
            exit_time: time(market, trade.exit_bar),
            symbol: self.market(item).bars.symbol().to_owned(),
            direction: trade.side.name().to_owned(),
            status: trade.status.name().to_owned(),
            exit_reason: trade.reason.map(|r| r.name().to_owned()),
            entry_price: trade.entry_price,
            exit_price: trade.exit_price,
            position_size: trade.units,
            pnl: trade.pnl,
            pnl_percent: trade.return_fraction * 100.0,
            return_fraction: trade.return_fraction,
            favourable_excursion: trade.favourable_excursion,
            adverse_excursion: trade.adverse_excursion,
            entry_volatility: market.volatility.get(entry),
            exit_volatility: market.volatility.get(exit),
            entry_regime: label(Role::Trend, entry),
            exit_regime: label(Role::Trend, exit),
            entry_volatility_regime: label(Role::Volatility, entry),
            exit_volatility_regime: label(Role::Volatility, exit),
            entry_signal_event_id: None,
            exit_signal_event_id: None,
            slippage: trade.slippage,
            commission: trade.commission,
            borrow: trade.borrow,
            duration_bars: count(trade.duration_bars()),
            ambiguous: trade.ambiguous,
        }
    }

    fn regimes(&self, item: &Item, evaluation: &Evaluation, rows: &mut Rows) {
        for (classifier, results) in self.symbols.classifiers[item.symbol].iter().zip(&evaluation.regimes) {
            rows.regime_performance.extend(results.iter().map(|result| RegimePerformanceRow {
                run_id: self.run_id,
                strategy_id: item.strategy_id,
                classifier_id: classifier.id,
                regime: classifier.role.labels()[usize::from(result.label)].to_owned(),
                sharpe_ratio: result.sharpe_ratio,
                total_return: Some(result.total_return),
                win_rate: result.win_rate,
                trade_count: count(result.trade_count as usize),
                avg_duration: result.avg_duration,
                bars: count(result.bars as usize),
                regime_aware_score: result.regime_aware_score,
            }));
        }
    }

    /// The label under which most bars were held, by the first classifier of a role.
    fn dominant(&self, item: &Item, evaluation: &Evaluation, role: Role) -> Option<String> {
        let at = self.symbols.classifiers[item.symbol].iter().position(|c| c.role == role)?;
        evaluation.dominant[at].map(|label| role.labels()[usize::from(label)].to_owned())
    }
}

fn time(market: &Market, bar: usize) -> Timestamp {
    market.bars.timestamps()[bar]
}

/// A count as SQL holds it.
pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The other symbols of a definition, by its names for them.
pub(crate) fn others(definition: &Definition) -> Vec<(String, String)> {
    definition.others.iter().map(|other| (other.name.clone(), other.symbol.clone())).collect()
}

/// `{"lookback":252,"other":"SP500"}`: what tells strategies of one type apart, other symbols like parameters.
pub(crate) fn parameters_json(parameters: &Parameters, others: &[(String, String)]) -> String {
    let mut json = parameters.to_json();
    json.pop();
    for (name, symbol) in others {
        let separator = if json.ends_with('{') { "" } else { "," };
        json += &format!("{separator}\"{name}\":{}", serde_json::Value::from(symbol.as_str()));
    }
    json + "}"
}

impl Item {
    /// Names a bound rule.
    pub(crate) fn new(
        identity: &Identity,
        entry: &PlannedStrategy,
        (symbol, symbol_name): (usize, &str),
        parameters: Parameters,
        rule: String,
    ) -> Self {
        Self {
            strategy_id: identity.strategy(&rule, symbol_name),
            trial_id: identity.trial(&rule, symbol_name),
            strategy_type: entry.chosen.definition.name.clone(),
            strategy_version: entry.version.clone(),
            symbol,
            parameters,
            others: others(&entry.chosen.definition),
            rule,
        }
    }
}
