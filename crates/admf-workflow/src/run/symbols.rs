//! The symbols of a run, prepared: prices, classifiers and their labels.

use super::identity::Identity;
use super::rows::{count, others as others_of, parameters_json};
use crate::WorkflowError;
use crate::plan::Plan;
use admf_engine::{Market, RegimeStatistics, Regimes, SymbolData, Terms};
use admf_model::{
    AlignedBars, Bars, ClassifierId, Dataset, Freshness, Interval, Labels, Prices, Role, RunId, Timestamp,
};
use admf_rules::graph::Field;
use admf_rules::{BoundClassifier, Columns, Extent, Graph};
use admf_store::record::Json;
use admf_store::run::Rows;
use admf_store::tables::{ClassifierRow, LabelRow};
use std::collections::{BTreeMap, BTreeSet};

/// A classifier of the run on one symbol.
#[derive(Clone, Debug)]
pub(crate) struct Classifier {
    pub(crate) id: ClassifierId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) parameters: String,
    pub(crate) rule: String,
}

/// All symbols of a run. The vectors have one entry per symbol.
#[derive(Debug)]
pub(crate) struct Symbols {
    pub(crate) data: Vec<SymbolData>,
    /// In the order of `SymbolData::regimes`.
    pub(crate) classifiers: Vec<Vec<Classifier>>,
}

impl Symbols {
    /// Prepares the symbols of a plan and labels their bars with its classifiers, which are bound to the graph.
    pub(crate) fn prepare(
        plan: &Plan,
        bound: &[BoundClassifier],
        identity: &Identity,
        graph: &Graph,
    ) -> Result<Self, WorkflowError> {
        let others = OtherSymbols::new(plan);
        let mut symbols = Self { data: Vec::new(), classifiers: Vec::new() };
        for name in &plan.symbols {
            let mut data = prepare(plan, &others, name)?;
            data.extend(graph).map_err(|e| WorkflowError::data(e.to_string()))?;
            let mut classifiers = Vec::new();
            for (planned, classifier) in plan.classifiers.iter().zip(bound) {
                let labels = data.columns.labels(graph, classifier);
                for key in [planned.name.clone(), classifier.role.name().to_owned()] {
                    data.labels.entry(key).or_insert_with(|| labels.clone());
                }
                data.regimes.push(Regimes::new(labels, &data.market));
                classifiers.push(Classifier {
                    id: identity.classifier(&classifier.canonical, name),
                    name: planned.name.clone(),
                    role: classifier.role,
                    parameters: parameters_json(&planned.parameters, &others_of(&planned.chosen.definition)),
                    rule: classifier.canonical.clone(),
                });
            }
            symbols.data.push(data);
            symbols.classifiers.push(classifiers);
        }
        Ok(symbols)
    }

    /// The label of a role at a bar, by the first classifier of that role.
    pub(crate) fn label(&self, symbol: usize, role: Role, bar: usize) -> Option<&'static str> {
        let at = self.classifiers[symbol].iter().position(|c| c.role == role)?;
        self.data[symbol].regimes[at].labels().text(bar)
    }

    /// Classifiers and labels as rows.
    pub(crate) fn rows(&self, run_id: RunId) -> Rows {
        let mut rows = Rows::default();
        for (data, classifiers) in self.data.iter().zip(&self.classifiers) {
            for (classifier, regimes) in classifiers.iter().zip(&data.regimes) {
                let labels = label_rows(classifier, regimes.labels(), &data.market);
                rows.classifiers.push(classifier_row(
                    run_id,
                    classifier,
                    regimes.labels(),
                    &data.market,
                    labels.len(),
                ));
                rows.labels.entry(classifier.name.clone()).or_default().extend(labels);
            }
        }
        rows
    }

    /// First and last evaluated time over all symbols.
    pub(crate) fn period(&self) -> Option<(Timestamp, Timestamp)> {
        let ends = self.data.iter().map(|d| {
            let times = d.market.bars.timestamps();
            (times[d.market.window.start], times[d.market.window.end - 1])
        });
        ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// Evaluated bars of the symbol that has most.
    pub(crate) fn longest(&self) -> usize {
        self.data.iter().map(|d| d.market.window.len()).max().unwrap_or(0)
    }

    /// Evaluated bars, summed over symbols.
    pub(crate) fn bars(&self) -> usize {
        self.data.iter().map(|d| d.market.window.len()).sum()
    }
}

/// Symbols that rules may name, from the dataset and the auxiliary ones, and how they are aligned.
struct OtherSymbols<'a> {
    known: BTreeMap<&'a str, (&'a Bars, &'a Dataset)>,
    wanted: BTreeSet<String>,
}

impl<'a> OtherSymbols<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut known = BTreeMap::new();
        for dataset in std::iter::once(&plan.dataset).chain(&plan.auxiliary) {
            for bars in &dataset.symbols {
                known.entry(bars.symbol()).or_insert((bars, dataset));
            }
        }
        Self { known, wanted: plan.other_symbols.clone() }
    }

    fn aligned(&self, plan: &Plan, clock: &[Timestamp]) -> BTreeMap<String, AlignedBars> {
        let mut aligned = BTreeMap::new();
        for name in &self.wanted {
            let Some((bars, dataset)) = self.known.get(name.as_str()) else { continue };
            let freshness = Freshness::new(dataset.interval, plan.dataset.interval, plan.staleness);
            let bars = match plan.execution.prices {
                Prices::Adjusted => bars.adjusted().aligned_to(clock, freshness),
                Prices::Raw => bars.aligned_to(clock, freshness),
            };
            aligned.insert(name.clone(), bars);
        }
        aligned
    }
}

/// Between which numbers a price lies up to the end of the period, over all symbols of a plan; of another symbol its
/// values on the clocks of those.
pub(crate) fn price_extent(plan: &Plan, field: Field, symbol: Option<&str>) -> Extent {
    match field {
        Field::Session => return Extent::ANY,
        // Bars of a day and longer have no time of the day.
        Field::Minutes if plan.dataset.interval >= Interval::DAY => return Extent::NOWHERE,
        Field::Minutes => return Extent::ANY,
        _ => {}
    }
    let others =
        OtherSymbols { wanted: symbol.map(str::to_owned).into_iter().collect(), ..OtherSymbols::new(plan) };
    let mut extent = Extent::NOWHERE;
    for bars in plan.symbols.iter().filter_map(|name| plan.dataset.symbol(name)) {
        let end = bars.timestamps().partition_point(|time| *time <= plan.period.1);
        let adjusted;
        let mut aligned = BTreeMap::new();
        let columns = match symbol {
            None if plan.execution.prices == Prices::Adjusted => {
                adjusted = bars.adjusted();
                [&adjusted.open, &adjusted.high, &adjusted.low, &adjusted.close, &adjusted.volume]
            }
            None => [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume],
            Some(symbol) => {
                aligned = others.aligned(plan, bars.timestamps());
                let Some(other) = aligned.get(symbol) else { continue };
                [&other.open, &other.high, &other.low, &other.close, &other.volume]
            }
        };
        let column = Field::ALL.iter().position(|known| *known == field).map(|at| columns[at]);
        extent = extent.joined(Extent::of(column.into_iter().flat_map(|c| c.iter().take(end).flatten())));
        drop(aligned);
    }
    extent
}

/// From when to when another symbol has bars, and the run.
pub(crate) fn coverage(plan: &Plan, symbol: &str) -> Option<String> {
    let others = OtherSymbols::new(plan);
    let (bars, _) = others.known.get(symbol)?;
    let (first, last) = (bars.timestamps().first()?, bars.timestamps().last()?);
    let (from, to) = plan.period;
    Some(format!("{symbol} has bars from {first} to {last}, and the run is from {from} to {to}"))
}

fn prepare(plan: &Plan, others: &OtherSymbols<'_>, name: &str) -> Result<SymbolData, WorkflowError> {
    let bars = plan.dataset.symbol(name).expect("the plan names only symbols of its dataset");
    let terms = Terms { execution: plan.execution, bars_per_year: plan.bars_per_year };
    let mar = terms.minimum_acceptable_bar_return();
    let market = Market::new(bars, plan.execution.prices, plan.bars_per_year, mar, plan.period)
        .map_err(|e| WorkflowError::data(e.to_string()))?;
    let auxiliary = others.aligned(plan, market.bars.timestamps());
    let columns = Columns::new(market.bars.len());
    let (labels, interval) = (BTreeMap::new(), plan.dataset.interval);
    Ok(SymbolData { market, auxiliary, labels, columns, regimes: Vec::new(), terms, interval })
}

fn label_rows(classifier: &Classifier, labels: &Labels, market: &Market) -> Vec<LabelRow> {
    let mut rows = Vec::new();
    let mut before = None;
    for bar in market.window.clone() {
        let label = labels.text(bar);
        if rows.is_empty() || label != before {
            rows.push(LabelRow {
                classifier_id: classifier.id,
                symbol: market.bars.symbol().to_owned(),
                ts: market.bars.timestamps()[bar],
                regime: label.map(str::to_owned),
            });
        }
        before = label;
    }
    rows
}

fn classifier_row(
    run_id: RunId,
    classifier: &Classifier,
    labels: &Labels,
    market: &Market,
    stored: usize,
) -> ClassifierRow {
    let statistics = RegimeStatistics::new(labels, market.window.clone());
    let names = classifier.role.labels();
    let object = |fields: Vec<String>| format!("{{{}}}", fields.join(","));
    let counts =
        names.iter().zip(&statistics.bars).map(|(name, bars)| format!("\"{name}\":{bars}")).collect();
    let transitions = names.iter().zip(&statistics.transitions).map(|(from, row)| {
        let shares = names.iter().zip(row).filter_map(|(to, share)| Some(format!("\"{to}\":{}", (*share)?)));
        format!("\"{from}\":{}", object(shares.collect()))
    });
    ClassifierRow {
        run_id,
        classifier_id: classifier.id,
        classifier_type: classifier.name.clone(),
        role: classifier.role.name().to_owned(),
        symbol: market.bars.symbol().to_owned(),
        parameters: Json(classifier.parameters.clone()),
        rule: classifier.rule.clone(),
        state_file: Some(format!("classifiers/{}.parquet", classifier.name)),
        regime_changes: count(statistics.changes as usize),
        compression_ratio: (stored > 0).then(|| market.window.len() as f64 / stored as f64),
        regime_counts: Json(object(counts)),
        avg_regime_duration: statistics.average_duration,
        regime_stability: statistics.stability,
        transition_matrix: Json(object(transitions.collect())),
    }
}
