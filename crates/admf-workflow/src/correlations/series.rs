//! What is correlated: returns, evaluated again, or positions, as stored.

use super::{CorrelationsRequest, no_signals};
use crate::WorkflowError;
use crate::replay::{Replay, returns};
use admf_engine::Profiles;
use admf_model::{ContentHash, Interval, StrategyId, Timestamp};
use admf_store::parquet_file::ParquetRows;
use admf_store::run::{RunMetadata, StrategyKey};
use admf_store::tables::SignalRow;
use std::collections::{BTreeMap, BTreeSet};

/// What of strategies is correlated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Net returns per bar: what was earned.
    Returns,
    /// Positions wanted at every close, -1, 0 or 1: what was done.
    Signals,
}

impl Of {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Returns => "returns",
            Self::Signals => "signals",
        }
    }
}

/// The bars at which strategies are compared: those of all symbols of the run.
pub(super) struct Clock {
    /// Every time at which a symbol has a bar, ascending.
    times: Vec<Timestamp>,
    /// For each symbol the places of its bars among all.
    places: BTreeMap<String, Vec<usize>>,
    /// Something that the user should know of these times.
    remark: Option<String>,
}

/// Times of an even clock at most: enough for every hour of a year and for every day of forty.
const EVEN: i64 = 15_000;

impl Clock {
    /// Evenly from the first to the last day of a run whose bars are not known: by the length of a bar, or coarser where
    /// these would be too many.
    pub(super) fn even(metadata: &RunMetadata) -> Self {
        let facts = &metadata.facts;
        let (first, last) = (facts.start_date.midnight().micros(), facts.end_date.midnight().micros());
        let day = Interval::DAY.micros();
        let length = last - first + day;
        let bar = facts.bar_interval.parse::<Interval>().unwrap_or(Interval::DAY).micros();
        let step = bar.max(length / EVEN).max(1);
        let count = usize::try_from(length / step).unwrap_or(0).max(1);
        // At the end of each step: what is decided within it counts.
        let time = |at: usize| Timestamp::from_micros(first + step * (at as i64 + 1) - 1);
        let every = Interval::from_micros(step).unwrap_or(Interval::DAY);
        let remark =
            format!("the bars of an imported run are not known: positions are compared every {every}");
        Self { times: (0..count).map(time).collect(), places: BTreeMap::new(), remark: Some(remark) }
    }

    pub(super) fn of(replay: &Replay) -> Self {
        let symbols = || replay.plan.symbols.iter().filter_map(|s| Some((s, replay.timestamps(s)?)));
        let times: BTreeSet<Timestamp> = symbols().flat_map(|(_, times)| times.iter().copied()).collect();
        let times: Vec<Timestamp> = times.into_iter().collect();
        let place = |time: &Timestamp| times.partition_point(|other| other < time);
        let places = symbols().map(|(name, own)| (name.clone(), own.iter().map(place).collect())).collect();
        Self { times, places, remark: None }
    }

    /// How many there are.
    pub(super) fn bars(&self) -> usize {
        self.times.len()
    }

    /// A remark where symbols have bars at different times.
    pub(super) fn note(&self) -> Option<String> {
        if self.remark.is_some() {
            return self.remark.clone();
        }
        let incomplete: Vec<&str> = self
            .places
            .iter()
            .filter(|(_, places)| places.len() < self.times.len())
            .map(|(name, _)| name.as_str())
            .collect();
        (!incomplete.is_empty()).then(|| {
            format!(
                "symbols have bars at different times: where {} has none, returns are 0 and positions stay",
                incomplete.join(", ")
            )
        })
    }
}

/// Series that can be correlated, and the strategies that have them.
pub(super) struct Series {
    pub(super) profiles: Profiles,
    /// For each series the strategies that have it to the last bit, in the order of evaluation.
    pub(super) members: Vec<Vec<StrategyId>>,
    /// Strategies whose series never varies.
    pub(super) undefined: Vec<StrategyId>,
}

/// Strategies evaluated at a time: bounds how many returns are held twice.
const CHUNK: usize = 512;

/// Evaluates or reads the series of strategies.
pub(super) fn load(
    request: &CorrelationsRequest,
    replay: &mut Replay,
    clock: &Clock,
    keys: &[StrategyKey],
) -> Result<Series, WorkflowError> {
    let mut collector = Collector::new(clock.times.len(), keys.len());
    match request.of {
        Of::Returns => {
            let capital = replay.capital();
            for chunk in keys.chunks(CHUNK) {
                let found = replay.equities(chunk, request.threads, |key, equity| {
                    let mut series = vec![0.0; clock.times.len()];
                    let places = &clock.places[&key.symbol];
                    places.iter().zip(returns(capital, equity)).for_each(|(at, r)| series[*at] = r);
                    series
                })?;
                chunk.iter().zip(found).for_each(|(key, series)| collector.add(key.strategy_id, &series));
            }
        }
        Of::Signals => return of_signals(request, &replay.metadata, clock, keys),
    }
    Ok(collector.series)
}

/// The positions of strategies at every time of a clock, as stored.
pub(super) fn of_signals(
    request: &CorrelationsRequest,
    metadata: &RunMetadata,
    clock: &Clock,
    keys: &[StrategyKey],
) -> Result<Series, WorkflowError> {
    let mut collector = Collector::new(clock.times.len(), keys.len());
    let stored = stored_signals(request, metadata, keys)?;
    for key in keys {
        let changes = stored.get(&key.strategy_id).map_or(&[][..], Vec::as_slice);
        collector.add(key.strategy_id, &positions(clock, changes));
    }
    Ok(collector.series)
}

/// Position at every close of the clock: none before the first change, then that of the last change.
fn positions(clock: &Clock, changes: &[(Timestamp, i8)]) -> Vec<f64> {
    let mut series = vec![0.0; clock.times.len()];
    for (at, (ts, signal)) in changes.iter().enumerate() {
        let start = clock.times.partition_point(|time| time < ts);
        let end =
            changes.get(at + 1).map_or(series.len(), |(next, _)| clock.times.partition_point(|t| t < next));
        series[start..end].fill(f64::from(*signal));
    }
    series
}

type Changes = BTreeMap<StrategyId, Vec<(Timestamp, i8)>>;

/// The signals of the strategies that are compared, from the run's files.
fn stored_signals(
    request: &CorrelationsRequest,
    metadata: &RunMetadata,
    keys: &[StrategyKey],
) -> Result<Changes, WorkflowError> {
    let types: BTreeSet<&str> = keys.iter().map(|key| key.strategy_type.as_str()).collect();
    let wanted: BTreeSet<StrategyId> = keys.iter().map(|key| key.strategy_id).collect();
    if metadata.signal_files.is_empty() {
        return Err(no_signals(metadata.run_id));
    }
    let folder = request.workspace.run(metadata.run_id);
    let mut found = Changes::new();
    // A type without a file never asked for a position.
    for file in types.iter().filter_map(|kind| metadata.signal_files.get(*kind)) {
        for rows in ParquetRows::<SignalRow>::open(&folder.join(file))? {
            for row in rows?.into_iter().filter(|row| wanted.contains(&row.strategy_id)) {
                found.entry(row.strategy_id).or_default().push((row.ts, row.signal));
            }
        }
    }
    Ok(found)
}

/// Takes series one after the other and keeps each once.
struct Collector {
    series: Series,
    /// Which series has this content.
    known: BTreeMap<ContentHash, usize>,
}

impl Collector {
    fn new(bars: usize, expected: usize) -> Self {
        let profiles = Profiles::new(bars, expected);
        Self {
            series: Series { profiles, members: Vec::new(), undefined: Vec::new() },
            known: BTreeMap::new(),
        }
    }

    fn add(&mut self, id: StrategyId, values: &[f64]) {
        let Series { profiles, members, undefined } = &mut self.series;
        let bytes: Vec<u8> = values.iter().flat_map(|x| x.to_bits().to_le_bytes()).collect();
        let content = ContentHash::of(&[&bytes]);
        if let Some(at) = self.known.get(&content) {
            members[*at].push(id);
        } else if profiles.push(values) {
            self.known.insert(content, members.len());
            members.push(vec![id]);
        } else {
            undefined.push(id);
        }
    }
}
