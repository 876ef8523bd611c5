//! One strategy evaluated again: what it did, what it was worth bar by bar, and whether that is what is stored.

use super::Replay;
use super::verify::{Stored, Verification, verify};
use crate::WorkflowError;
use crate::run::rows::{Item, RowMaker};
use crate::spec::Keep;
use admf_engine::{Candidate, Curve, Evaluation, Metrics, Mode, Path, Scratch, SymbolData, curve, evaluate};
use admf_model::{Bars, ClassifierId, Parameters, Performance, Role, Timestamp};
use admf_rules::library;
use admf_stats::drawdown::drawdowns;
use admf_store::run::{self, Rows, StrategyKey};
use admf_store::tables::{RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};
use std::ops::Range;

/// A strategy of a run, evaluated again. Vectors by bar have one entry per evaluated bar.
#[derive(Clone, Debug)]
pub struct StrategyReplay {
    /// The strategy as the run stored it.
    pub stored: StrategyRow,
    /// Its metrics as computed now; the deflated Sharpe ratio is the stored one, which counts the trials of its time.
    pub performance: Performance,
    /// Its trades, whether or not the run kept them.
    pub trades: Vec<TradeRow>,
    /// Its changes of the wanted position, whether or not the run kept them.
    pub signals: Vec<SignalRow>,
    /// Its results by regime.
    pub regimes: Vec<RegimePerformanceRow>,
    /// Whether all this is what the run stored.
    pub verification: Verification,
    /// Closing times of the evaluated bars.
    pub times: Vec<Timestamp>,
    /// The bars at the prices that rules and fills saw; `window` of them are evaluated.
    pub bars: Bars,
    /// Which of the bars are evaluated.
    pub window: Range<usize>,
    /// Starting capital.
    pub capital: f64,
    /// Equity and units held.
    pub curve: Curve,
    /// Fall of net equity from its running peak, positive fractions.
    pub drawdown: Vec<f64>,
    /// What each classifier of the run said.
    pub labels: Vec<Labelled>,
    /// Buying and holding the same symbol over the same bars, on the same terms.
    pub baseline: Baseline,
}

/// The labels of one classifier, one per evaluated bar: known at its close.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The classifier.
    pub classifier_id: ClassifierId,
    /// The name that it has in the spec.
    pub name: String,
    /// Its vocabulary.
    pub role: Role,
    /// The label, `None` where undefined.
    pub labels: Vec<Option<&'static str>>,
}

/// What doing nothing clever earned.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Its metrics.
    pub performance: Performance,
    /// Net equity at every evaluated close.
    pub equity: Vec<f64>,
}

impl Replay {
    /// Evaluates one strategy again and compares it with what is stored.
    ///
    /// # Errors
    /// When the strategy is no longer what the run evaluated: its definition is another one in this version.
    pub fn strategy(&mut self, key: &StrategyKey) -> Result<StrategyReplay, WorkflowError> {
        let run = self.metadata.run_id;
        let stored = run::strategy(&self.workspace, run, key.strategy_id)?
            .ok_or_else(|| WorkflowError::data(format!("run {run} has no strategy {}", key.strategy_id)))?;
        let (item, candidate) = self.bind(key)?;
        let hold = self.baseline_candidate(item.symbol)?;
        self.extend()?;
        let data = &self.symbols.data[item.symbol];
        let evaluation = self.evaluate(&candidate);
        let mut rows = self.rows(&item, &evaluation);
        let mut performance = evaluation.performance;
        performance.deflated_sharpe = stored.performance.deflated_sharpe;
        let kept = Stored::read(&self.workspace, &self.metadata, &stored)?;
        let verification = verify(&kept, &rows);
        let decisions = data.decisions(&self.graph, &candidate.rule);
        let curve = curve(&data.market, &decisions, &data.terms);
        let held = self.evaluate(&hold);
        let baseline_curve =
            admf_engine::curve(&data.market, &data.decisions(&self.graph, &hold.rule), &data.terms);
        Ok(StrategyReplay {
            performance,
            trades: std::mem::take(&mut rows.trades),
            signals: rows.signals.into_values().flatten().collect(),
            regimes: std::mem::take(&mut rows.regime_performance),
            verification,
            times: data.market.bars.timestamps()[data.market.window.clone()].to_vec(),
            bars: data.market.bars.clone(),
            window: data.market.window.clone(),
            capital: self.capital(),
            drawdown: drawdowns(self.capital(), &curve.net).collect(),
            curve,
            labels: self.labels(item.symbol, data),
            baseline: Baseline { performance: held.performance, equity: baseline_curve.net },
            stored,
        })
    }

    /// The library's buy-and-hold on a symbol of the run.
    fn baseline_candidate(&mut self, symbol: usize) -> Result<Candidate, WorkflowError> {
        let definition =
            library::strategy("buy_and_hold").expect("the library has the yardstick of all strategies");
        let rule = definition
            .bind_strategy(&Parameters::default(), &mut self.graph)
            .map_err(|e| WorkflowError::data(e.to_string()))?;
        Ok(Candidate { symbol, rule })
    }

    /// By the kernel that the run used.
    fn evaluate(&self, candidate: &Candidate) -> Evaluation {
        let data = &self.symbols.data[candidate.symbol];
        let decisions = data.decisions(&self.graph, &candidate.rule);
        let scratch = &mut Scratch::default();
        let mode = Mode { metrics: self.metrics(), ..Mode::full(Path::Fastest) };
        evaluate(&data.market, &decisions, &data.regimes, &data.terms, mode, scratch)
    }

    /// Those that the run computed.
    fn metrics(&self) -> Metrics {
        self.plan.keep.decide(0).metrics
    }

    /// The rows that a run would store, trades and signals included.
    fn rows(&self, item: &Item, evaluation: &Evaluation) -> Rows {
        let keep = Keep { trades: true, signals: true, metrics: self.metrics() };
        let maker = RowMaker { run_id: self.metadata.run_id, symbols: &self.symbols, keep };
        let mut rows = Rows::default();
        maker.add(item, evaluation, &mut rows, &mut Vec::new());
        rows
    }

    fn labels(&self, symbol: usize, data: &SymbolData) -> Vec<Labelled> {
        let labelled =
            |(classifier, regimes): (&crate::run::symbols::Classifier, &admf_engine::Regimes)| Labelled {
                classifier_id: classifier.id,
                name: classifier.name.clone(),
                role: classifier.role,
                labels: data.market.window.clone().map(|bar| regimes.labels().text(bar)).collect(),
            };
        self.symbols.classifiers[symbol].iter().zip(&data.regimes).map(labelled).collect()
    }
}
