//! From what was adopted to the rows that are stored.

use super::adoption::{Adopted, AdoptedClassifier, Adoption};
use admf_model::{ContentHash, CorrelationId, Role, RunId};
use admf_store::record::Json;
use admf_store::run::Rows;
use admf_store::tables::{ClassifierRow, LabelRow, RegimePerformanceRow, SignalRow, StrategyRow};
use admf_store::trials::TrialRow;
use serde_json::{Map, Value, json};

/// The classifiers and their labels.
pub(super) fn classifiers(run_id: RunId, adoption: &Adoption) -> Rows {
    let mut rows = Rows::default();
    for classifier in &adoption.classifiers {
        rows.classifiers.push(classifier_row(run_id, classifier));
        let labels = classifier.source.states.iter().map(|state| LabelRow {
            classifier_id: classifier.classifier_id,
            symbol: classifier.symbol.clone(),
            ts: state.ts,
            regime: state.label.clone(),
        });
        rows.labels.entry(classifier.classifier_type.clone()).or_default().extend(labels);
    }
    rows
}

/// Strategies with their signals and results by regime.
pub(super) fn strategies(run_id: RunId, adoption: &Adoption, chunk: &[Adopted]) -> Rows {
    let mut rows = Rows::default();
    for strategy in chunk {
        rows.strategies.push(strategy_row(run_id, adoption, strategy));
        let signals = strategy.source.signals.iter().map(|signal| SignalRow {
            strategy_id: strategy.strategy_id,
            symbol: strategy.symbol.clone(),
            ts: signal.ts,
            bar: None,
            signal: signal.signal,
            confidence: signal.confidence,
        });
        rows.signals.entry(strategy.strategy_type.clone()).or_default().extend(signals);
        rows.regime_performance.extend(strategy.regimes.iter().map(|result| RegimePerformanceRow {
            run_id,
            strategy_id: strategy.strategy_id,
            classifier_id: result.classifier_id,
            regime: result.label.clone(),
            sharpe_ratio: result.sharpe_ratio,
            total_return: result.total_return,
            win_rate: result.win_rate,
            trade_count: whole(result.trade_count),
            avg_duration: result.avg_duration,
            bars: whole(result.bars),
            regime_aware_score: None,
        }));
    }
    rows
}

/// Lines of the trial ledger. A strategy without a Sharpe ratio per bar is known there and does not count.
pub(super) fn trials(run_id: RunId, adoption: &Adoption, chunk: &[Adopted]) -> Vec<TrialRow> {
    debug_assert!(
        adoption.bars_per_year.is_some() || chunk.iter().all(|s| s.performance.sharpe_per_bar.is_none())
    );
    let positions = |strategy: &Adopted| strategy.source.signals.iter().filter(|s| s.signal != 0).count();
    let row = |strategy: &Adopted| TrialRow {
        trial_id: strategy.trial_id.bits(),
        sharpe_per_bar: strategy.performance.sharpe_per_bar,
        // Where trades are not reported, every position that was asked for is one.
        trades: strategy
            .performance
            .total_trades
            .map_or(crate::run::rows::count(positions(strategy)), |n| whole(Some(n))),
        run_id,
    };
    chunk.iter().map(row).collect()
}

fn strategy_row(run_id: RunId, adoption: &Adoption, strategy: &Adopted) -> StrategyRow {
    let Adopted { strategy_id, performance, source, .. } = strategy;
    let changes = source.signals.len();
    let bars = source.total_signals.unwrap_or(0);
    let told = source.strategy_type.as_deref().unwrap_or_default();
    StrategyRow {
        run_id,
        strategy_id: *strategy_id,
        correlation_id: CorrelationId::new(run_id, *strategy_id),
        trial_id: strategy.trial_id,
        strategy_type: strategy.strategy_type.clone(),
        strategy_version: ContentHash::of(&[b"imported", told.as_bytes()]).to_string(),
        symbol: strategy.symbol.clone(),
        parameters: object(&source.parameters),
        rule: format!("imported: {}", source.id.escape_debug()),
        signal_file: Some(format!("signals/{}.parquet", strategy.strategy_type)),
        signal_changes: crate::run::rows::count(changes),
        compression_ratio: (changes > 0 && bars > 0).then(|| bars as f64 / changes as f64),
        performance: *performance,
        net_sharpe: performance.sharpe_ratio,
        market_regime: None,
        volatility_regime: None,
        correlation_regime: None,
        evaluated_bars: i64::try_from(bars).unwrap_or(i64::MAX),
        bars_per_year: adoption.bars_per_year.unwrap_or(0.0),
        conflicts: 0,
        ambiguous_trades: 0,
        ruined: performance.total_return.is_some_and(|total| total <= -1.0),
        open_position: source.signals.last().is_some_and(|last| last.signal != 0),
    }
}

fn classifier_row(run_id: RunId, classifier: &AdoptedClassifier) -> ClassifierRow {
    let source = &classifier.source;
    let labels = source.states.iter().filter_map(|state| state.label.as_ref());
    let mut changes = labels.collect::<Vec<_>>();
    changes.dedup();
    let bars = source.total_states.filter(|bars| *bars > 0.0);
    let rows = source.states.len();
    // Each label was left as often as its bars are stays of its mean length.
    let stays: f64 =
        source.regime_counts.iter().filter_map(|(label, n)| Some(n / source.durations.get(label)?)).sum();
    let counted: f64 = source
        .regime_counts
        .iter()
        .filter(|(label, _)| source.durations.contains_key(*label))
        .map(|(_, n)| n)
        .sum();
    let whole_numbers = source.regime_counts.iter().map(|(label, n)| (label.clone(), json!(whole(Some(*n)))));
    ClassifierRow {
        run_id,
        classifier_id: classifier.classifier_id,
        classifier_type: classifier.classifier_type.clone(),
        role: role(classifier),
        symbol: classifier.symbol.clone(),
        parameters: object(&source.parameters),
        rule: format!("imported: {}", source.id.escape_debug()),
        state_file: Some(format!("classifiers/{}.parquet", classifier.classifier_type)),
        regime_changes: crate::run::rows::count(changes.len().saturating_sub(1)),
        compression_ratio: bars.filter(|_| rows > 0).map(|bars| bars / rows as f64),
        regime_counts: object(&whole_numbers.collect()),
        avg_regime_duration: Some(counted / stays).filter(|mean| mean.is_finite()),
        regime_stability: None,
        transition_matrix: Json(
            serde_json::to_string(&source.transitions).unwrap_or_else(|_| "{}".to_owned()),
        ),
    }
}

/// What it says, else the role that its type names, else `unknown`.
fn role(classifier: &AdoptedClassifier) -> String {
    let source = &classifier.source;
    let told = source.role.as_deref().and_then(|role| role.to_lowercase().parse::<Role>().ok());
    let named = || {
        let name = source.classifier_type.as_deref().unwrap_or(&source.id).to_lowercase();
        Role::ALL.into_iter().find(|role| name.contains(role.name()))
    };
    told.or_else(named).map_or_else(|| "unknown".to_owned(), |role| role.name().to_owned())
}

fn object(fields: &Map<String, Value>) -> Json {
    Json(serde_json::to_string(fields).expect("the keys of our maps are text"))
}

/// A count as SQL holds it; 0 where it is not told.
fn whole(number: Option<f64>) -> i64 {
    number.filter(|n| *n >= 0.0).map_or(0, |n| n.round() as i64)
}
