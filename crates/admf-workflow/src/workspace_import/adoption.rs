//! A foreign run, checked and named, ready to be stored.

use super::identity::{self, Subject, canonical, type_name};
use super::{left_out, name_of};
use crate::words::{counted, grouped};
use admf_model::{ClassifierId, ContentHash, Performance, StrategyId, Timestamp, TrialId};
use admf_store::foreign::{ForeignClassifier, ForeignStrategy, Problem, RunFolder, RunHead};
use admf_store::name::NameKind;
use admf_store::record::Date;
use admf_store::run::{ADOPTED, RunFacts};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is not told.
const UNKNOWN: &str = "unknown";

/// A run as it was read.
pub(super) struct Read {
    pub(super) folder: RunFolder,
    pub(super) head: RunHead,
    pub(super) strategies: Vec<ForeignStrategy>,
    pub(super) classifiers: Vec<ForeignClassifier>,
}

/// What is known of the bars and of how numbers are reported.
pub(super) struct Terms {
    pub(super) bars_per_year: Option<f64>,
    pub(super) interval: Option<String>,
    pub(super) in_percent: bool,
}

/// A run that can be stored.
pub(super) struct Adoption {
    pub(super) folder: PathBuf,
    /// Stands for the spec, and decides with the content what the run's id is.
    pub(super) spec: String,
    pub(super) facts: RunFacts,
    pub(super) strategies: Vec<Adopted>,
    pub(super) classifiers: Vec<AdoptedClassifier>,
    pub(super) bars_per_year: Option<f64>,
}

/// A strategy with its names here.
pub(super) struct Adopted {
    pub(super) strategy_id: StrategyId,
    pub(super) trial_id: TrialId,
    pub(super) strategy_type: String,
    pub(super) symbol: String,
    pub(super) performance: Performance,
    pub(super) regimes: Vec<super::regimes::Result>,
    pub(super) source: ForeignStrategy,
}

/// A classifier with its names here.
pub(super) struct AdoptedClassifier {
    pub(super) classifier_id: ClassifierId,
    pub(super) classifier_type: String,
    pub(super) symbol: String,
    pub(super) source: ForeignClassifier,
}

impl Adoption {
    /// Names and checks a run. What is broken goes to `problems`, and `None` where nothing is left.
    pub(super) fn new(
        read: Read,
        terms: &Terms,
        (family, name): (&str, &str),
        problems: &mut Vec<Problem>,
        notes: &mut Vec<String>,
    ) -> Option<Self> {
        let Read { folder, head, strategies, classifiers } = read;
        let found = strategies.len();
        let mut naming = Naming { head: &head, terms, problems };
        let classifiers = naming.classifiers(classifiers);
        let strategies = naming.strategies(strategies, &classifiers);
        if found == 0 && folder.strategies.is_empty() {
            problems.push(Problem::of(&folder.path, "it holds no strategies"));
        }
        if strategies.is_empty() {
            return None;
        }
        let facts = match facts(&head, &strategies, terms, (family, name)) {
            Ok(facts) => facts,
            Err(reason) => {
                problems.push(Problem::of(&folder.path.join("metadata.json"), reason));
                return None;
            }
        };
        notes.extend(left_out(&folder));
        remarks(&name_of(&folder.path), &head, (found, &strategies), terms, notes);
        let content = content(&strategies, &classifiers);
        let spec = spec(&head, terms, content);
        let facts =
            RunFacts { dataset_hash: content, config_hash: ContentHash::of(&[spec.as_bytes()]), ..facts };
        let (folder, bars_per_year) = (folder.path, terms.bars_per_year);
        Some(Self { folder, spec, facts, strategies, classifiers, bars_per_year })
    }

    /// Changes of positions of all strategies.
    pub(super) fn signals(&self) -> usize {
        self.strategies.iter().map(|strategy| strategy.source.signals.len()).sum()
    }
}

/// Gives names to what was read.
struct Naming<'a> {
    head: &'a RunHead,
    terms: &'a Terms,
    problems: &'a mut Vec<Problem>,
}

impl Naming<'_> {
    fn classifiers(&mut self, found: Vec<ForeignClassifier>) -> Vec<AdoptedClassifier> {
        let mut seen = BTreeMap::new();
        let mut named = Vec::new();
        for source in found {
            let told = source.classifier_type.as_deref().unwrap_or(&source.id);
            let classifier_type = type_name(NameKind::Classifier, told);
            let symbol = self.symbol(source.symbol.as_deref(), &source.parameters);
            let parameters = self.parameters(&source.id, &source.parameters);
            let subject = Subject { strategy_type: told, symbol: &symbol, parameters: &parameters };
            let classifier_id = identity::classifier(&subject, &self.identity());
            match seen.insert(classifier_id, source.folder.clone()) {
                Some(other) => self.problems.push(same(&source.folder, &other)),
                None => named.push(AdoptedClassifier { classifier_id, classifier_type, symbol, source }),
            }
        }
        named
    }

    fn strategies(&mut self, found: Vec<ForeignStrategy>, of: &[AdoptedClassifier]) -> Vec<Adopted> {
        let (mut ids, mut seen) = (BTreeMap::new(), BTreeMap::new());
        let mut named = Vec::new();
        for source in found {
            if let Some(other) = ids.insert(source.id.clone(), source.file.clone()) {
                let id = source.id.escape_debug();
                let reason = format!("its id `{id}` is also that of {}", other.display());
                self.problems.push(Problem::of(&source.file, reason));
                continue;
            }
            match self.strategy(source, of) {
                Ok(strategy) => match seen.insert(strategy.strategy_id, strategy.source.file.clone()) {
                    Some(other) => self.problems.push(same(&strategy.source.file, &other)),
                    None => named.push(strategy),
                },
                Err(problem) => self.problems.push(problem),
            }
        }
        named
    }

    fn strategy(
        &self,
        source: ForeignStrategy,
        classifiers: &[AdoptedClassifier],
    ) -> std::result::Result<Adopted, Problem> {
        let mut performance = source.reported.performance(&source.file, self.terms.in_percent)?;
        let per_bar = |sharpe: f64| Some(sharpe / self.terms.bars_per_year?.sqrt());
        performance.sharpe_per_bar = performance.sharpe_ratio.and_then(per_bar);
        let told = source.strategy_type.as_deref().unwrap_or(ADOPTED);
        let symbol = self.symbol(source.symbol.as_deref(), &source.parameters);
        let parameters = self.parameters(&source.id, &source.parameters);
        let subject = Subject { strategy_type: told, symbol: &symbol, parameters: &parameters };
        let identity = self.identity();
        Ok(Adopted {
            strategy_id: identity::strategy(&subject, &identity),
            trial_id: identity::trial(&subject, &identity),
            strategy_type: type_name(NameKind::Strategy, told),
            regimes: super::regimes::results(&source, classifiers, self.terms.in_percent)?,
            symbol,
            performance,
            source,
        })
    }

    /// What it says itself, else its parameter, else the symbols of the run.
    fn symbol(&self, own: Option<&str>, parameters: &serde_json::Map<String, Value>) -> String {
        let parameter = || parameters.get("symbol").and_then(Value::as_str);
        match own.or_else(parameter).map(str::trim).filter(|symbol| !symbol.is_empty()) {
            Some(symbol) => symbol.to_owned(),
            None if self.head.symbols.is_empty() => UNKNOWN.to_owned(),
            None => self.head.symbols.join(","),
        }
    }

    /// Parameters tell strategies apart; where there are none, only the source's own id does.
    fn parameters(&self, id: &str, parameters: &serde_json::Map<String, Value>) -> String {
        if parameters.is_empty() { id.to_owned() } else { canonical(&Value::Object(parameters.clone())) }
    }

    fn identity(&self) -> identity::Terms<'_> {
        identity::Terms {
            interval: self.terms.interval.as_deref().unwrap_or(UNKNOWN),
            commission: self.head.commission_model.as_deref().unwrap_or(UNKNOWN),
            slippage: self.head.slippage_model.as_deref().unwrap_or(UNKNOWN),
        }
    }
}

fn same(path: &std::path::Path, other: &std::path::Path) -> Problem {
    let reason =
        format!("it has the type, parameters and symbol of {}: nothing tells the two apart", other.display());
    Problem::of(path, reason)
}

fn facts(
    head: &RunHead,
    strategies: &[Adopted],
    terms: &Terms,
    (family, name): (&str, &str),
) -> std::result::Result<RunFacts, String> {
    let ends = strategies.iter().filter_map(|s| {
        let signals = &s.source.signals;
        Some((signals.first()?.ts, signals.last()?.ts))
    });
    let signals = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let start = head.start_date.or(signals.map(|ends| ends.0));
    let end = head.end_date.or(signals.map(|ends| ends.1));
    let missing = |name: &str| format!("`{name}` is missing, and there are no signals that tell it");
    let start: Timestamp = start.ok_or_else(|| missing("start_date"))?;
    let end: Timestamp = end.ok_or_else(|| missing("end_date"))?;
    if end < start {
        return Err(format!("`end_date` {end} comes before `start_date` {start}"));
    }
    let traded: BTreeSet<&str> = strategies.iter().map(|s| s.symbol.as_str()).collect();
    let bars = strategies.iter().fold(BTreeMap::<&str, u64>::new(), |mut bars, strategy| {
        let most = bars.entry(&strategy.symbol).or_default();
        *most = (*most).max(strategy.source.total_signals.unwrap_or(0));
        bars
    });
    let told = |text: &Option<String>| text.clone().unwrap_or_else(|| UNKNOWN.to_owned());
    let workflow = head.workflow_type.as_deref().unwrap_or(UNKNOWN);
    Ok(RunFacts {
        name: format!("{name}/{}", head.run_id),
        workflow_type: match workflow {
            "optimization" | "optimisation" => "grid_search".to_owned(),
            other => other.to_owned(),
        },
        family: family.to_owned(),
        dataset: name.to_owned(),
        dataset_hash: ContentHash::of(&[]),
        auxiliary: Vec::new(),
        symbols: if head.symbols.is_empty() {
            traded.into_iter().map(str::to_owned).collect()
        } else {
            head.symbols.clone()
        },
        bar_interval: told(&terms.interval),
        bars_per_year: terms.bars_per_year.unwrap_or(0.0),
        start_date: Date::from(start),
        end_date: Date::from(end),
        total_bars: i64::try_from(bars.values().sum::<u64>()).unwrap_or(i64::MAX),
        config_hash: ContentHash::of(&[]),
        engine_version: ADOPTED.to_owned(),
        commission_model: told(&head.commission_model),
        slippage_model: told(&head.slippage_model),
        parent_run_id: None,
    })
}

/// A hash of everything that is stored.
fn content(strategies: &[Adopted], classifiers: &[AdoptedClassifier]) -> ContentHash {
    let strategies = strategies.iter().map(|strategy| {
        let Adopted { strategy_id, source, .. } = strategy;
        let signals: Vec<u8> = source
            .signals
            .iter()
            .flat_map(|s| {
                let doubt = s.confidence.map_or(u64::MAX, f64::to_bits).to_le_bytes();
                s.ts.micros().to_le_bytes().into_iter().chain(s.signal.to_le_bytes()).chain(doubt)
            })
            .collect();
        let regimes = source.regimes.iter().map(|(outer, inner)| format!("{outer}: {}\n", inner.canonical()));
        let bars = source.total_signals.unwrap_or(0).to_be_bytes();
        let told = format!("{}{}", source.reported.canonical(), regimes.collect::<String>());
        let id = strategy_id.bits().to_be_bytes();
        ContentHash::of(&[source.id.as_bytes(), &id, &bars, told.as_bytes(), &signals])
    });
    let classifiers = classifiers.iter().map(|classifier| {
        let source = &classifier.source;
        let told = serde_json::json!({
            "role": source.role,
            "bars": source.total_states,
            "counts": source.regime_counts,
            "durations": source.durations,
            "transitions": source.transitions,
        });
        let states =
            source.states.iter().map(|s| format!("{} {}\n", s.ts.micros(), s.label.as_deref().unwrap_or("")));
        let (told, states) = (canonical(&told), states.collect::<String>());
        let id = classifier.classifier_id.bits().to_be_bytes();
        ContentHash::of(&[source.id.as_bytes(), &id, told.as_bytes(), states.as_bytes()])
    });
    let parts: Vec<[u8; 8]> = strategies.chain(classifiers).map(|hash| hash.bits().to_be_bytes()).collect();
    ContentHash::of(&parts.iter().map(|part| &part[..]).collect::<Vec<_>>())
}

/// What stands in `spec.yaml`: where the run came from. Name and family are no part of it, so that the same results are
/// recognised under another name.
fn spec(head: &RunHead, terms: &Terms, content: ContentHash) -> String {
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    let known = |text: &Option<String>| text.as_deref().map_or("null".to_owned(), quoted);
    let bars = terms.bars_per_year.map_or("null".to_owned(), |bars| bars.to_string());
    format!(
        "# Computed by another program and adopted with `admf workspace import`: it cannot be run here.\n\
         imported:\n  run_id: {}\n  created_at: {}\n  content: {content}\n  bar_interval: {}\n  \
         bars_per_year: {bars}\n  in_percent: {}\n",
        quoted(&head.run_id),
        known(&head.created_at),
        known(&terms.interval),
        terms.in_percent,
    )
}

/// What the user should know of a run that is adopted.
fn remarks(
    name: &str,
    head: &RunHead,
    (found, strategies): (usize, &[Adopted]),
    terms: &Terms,
    notes: &mut Vec<String>,
) {
    let mut note = |text: String| notes.push(format!("{name}: {text}"));
    let count = |is: &dyn Fn(&Adopted) -> bool| strategies.iter().filter(|strategy| is(strategy)).count();
    let of = |n: usize| counted(n, "strategy", "strategies");
    if let Some(total) = head.total_strategies.filter(|total| *total != found as f64) {
        let strategies = if total == 1.0 { "strategy" } else { "strategies" };
        note(format!("metadata.json counts {total} {strategies}, {} can be read", grouped(found as u64)));
    }
    let without = count(&|strategy| !strategy.source.has_performance);
    if without > 0 {
        note(format!("no performance.json for {}: metrics are those of metadata.json", of(without)));
    }
    let unrated = count(&|strategy| strategy.performance.sharpe_ratio.is_none());
    if unrated > 0 {
        note(format!("no Sharpe ratio is reported for {}: no trials are counted for them", of(unrated)));
    }
    if terms.bars_per_year.is_none() && unrated < strategies.len() {
        note(
            "nothing tells how many bars a year had, so the strategies are not counted among the trials of the family: \
             add --bars-per-year"
                .to_owned(),
        );
    }
    let both = count(&|strategy| {
        let number = |name| strategy.source.reported.number(&strategy.source.file, name).ok().flatten();
        number("net_sharpe").zip(number("sharpe_ratio")).is_some_and(|(net, plain)| net != plain)
    });
    if both > 0 {
        note(format!("net_sharpe is not sharpe_ratio for {}: net_sharpe is taken", of(both)));
    }
    let regimes: usize = strategies.iter().map(|s| s.source.regimes.len()).sum();
    let placed: usize =
        strategies.iter().map(|s| s.regimes.iter().map(|r| &r.outer).collect::<BTreeSet<_>>().len()).sum();
    if regimes > placed {
        let lost = counted(regimes - placed, "entry", "entries");
        note(format!("{lost} of regime_performance not adopted: no single classifier has the label"));
    }
}
