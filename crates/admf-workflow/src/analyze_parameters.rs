//! `admf analytics analyze-parameters`: what each value of a parameter went with, and whether the best is a plateau.

mod values;
mod verdict;

pub use values::Origin;
pub use verdict::Shape;

use crate::{WorkflowError, database, luck};
use admf_duckdb::Catalogue;
use admf_model::words::counted;
use admf_model::{Cell, CellKind, METRICS, Metric, Sheet};
use admf_rules::nearest;
use admf_store::Workspace;
use admf_store::queries::{parameter_pairs, parameter_sensitivity, run_types};
use admf_store::run::{self, RunMetadata};
use std::collections::BTreeSet;
use values::Values;
use verdict::Verdict;

/// What to analyse.
#[derive(Clone, Debug)]
pub struct AnalyzeParametersRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of the run's id, or `@last`.
    pub run: String,
    /// The type of strategies; may be left out where the run has one type with parameters.
    pub strategy: Option<String>,
    /// Parameters: none for an overview of all, one, or two for a table of both.
    pub parameters: Vec<String>,
    /// The metric.
    pub metric: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalyzeParametersReport {
    /// The run.
    pub metadata: RunMetadata,
    /// The type of strategies.
    pub strategy_type: String,
    /// The metric.
    pub metric: &'static Metric,
    /// Strategies of this type in the run.
    pub strategies: u64,
    /// The answer.
    pub answer: ParameterAnswer,
    /// How to read the answer, in sentences.
    pub reading: Vec<String>,
    /// What the user should know about the answer.
    pub notes: Vec<String>,
}

/// What an answer looks like depends on how many parameters were asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterAnswer {
    /// Each parameter in a row, with its best value.
    Overview(Sheet),
    /// One parameter, each value in a row.
    One {
        /// Its name.
        parameter: String,
        /// Where mean, deviation and best come from.
        origin: Origin,
        /// Over all symbols.
        values: Sheet,
        /// The mean by symbol: a column per symbol; without rows where there is one.
        by_symbol: Sheet,
        /// The best value and what lies around it; `None` where the metric is undefined everywhere.
        verdict: Option<Best>,
    },
    /// Two parameters: values of one in rows, of the other in columns.
    Two {
        /// The parameter in rows.
        rows: String,
        /// The parameter in columns.
        columns: String,
        /// Means of the metric.
        means: Sheet,
    },
}

/// The value of a parameter with the best mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Best {
    /// The value.
    pub value: f64,
    /// Mean of the metric over the strategies that have it.
    pub mean: f64,
    /// Mean of the means at the values beside it.
    pub neighbours: Option<f64>,
    /// Best mean less worst mean, as a positive number.
    pub sensitivity: f64,
    /// Mean standard deviation between strategies with the same value.
    pub deviation: Option<f64>,
    /// Whether the best value stands alone.
    pub shape: Shape,
    /// True where it is the smallest or largest value tried: the best one may lie beyond.
    pub at_edge: bool,
}

/// Analyses.
///
/// # Errors
/// [`WorkflowError::Usage`] for a type, parameter or metric that the run does not have.
pub fn analyze_parameters(
    request: &AnalyzeParametersRequest,
) -> Result<AnalyzeParametersReport, WorkflowError> {
    let metric = metric(&request.metric)?;
    let metadata = run::resolve_complete(&request.workspace, &request.run)?;
    let (mut database, notes) = database::open(&request.workspace)?;
    let (strategy_type, strategies) =
        chosen_type(&run_types(&mut database, metadata.run_id)?, request.strategy.as_deref())?;
    let of = Subject { metadata: &metadata, strategy_type: &strategy_type, metric };
    let known = of.parameters(&mut database)?;
    for name in &request.parameters {
        check_parameter(&strategy_type, name, &known)?;
    }
    let mut reading = Vec::new();
    let answer = match request.parameters.as_slice() {
        [] => of.overview(&mut database, &known)?,
        [one] => of.one(&mut database, one, &mut reading)?,
        [first, second] if first != second => of.two(&mut database, [first, second])?,
        [name, same] if name == same => {
            return Err(usage(
                format!("parameter `{name}` is named twice"),
                "name two different ones".to_owned(),
            ));
        }
        _ => return Err(usage("more than two parameters".to_owned(), "name one or two of them".to_owned())),
    };
    let family = &metadata.facts.family;
    let (one, many) = (format!("trial of family `{family}` is"), format!("trials of family `{family}` are"));
    reading.push(format!(
        "the best of {} of this type in the run; {} counted",
        counted(whole(strategies), "strategy", "strategies"),
        counted(whole(metadata.trials), &one, &many)
    ));
    reading.extend(luck::of_run(&mut database, &metadata)?.into_iter().take(1));
    Ok(AnalyzeParametersReport { metadata, strategy_type, metric, strategies, answer, reading, notes })
}

/// What is analysed.
struct Subject<'a> {
    metadata: &'a RunMetadata,
    strategy_type: &'a str,
    metric: &'static Metric,
}

impl Subject<'_> {
    /// Names of the parameters, in order.
    fn parameters(&self, database: &mut Catalogue) -> Result<Vec<String>, WorkflowError> {
        let sheet = parameter_sensitivity(database, self.metadata.run_id, self.strategy_type)?;
        let names: BTreeSet<String> = sheet
            .rows
            .iter()
            .filter_map(|row| if let Cell::Text(name) = &row[0] { Some(name.clone()) } else { None })
            .collect();
        Ok(names.into_iter().collect())
    }

    fn values(&self, database: &mut Catalogue, parameter: &str) -> Result<Values, WorkflowError> {
        Values::load(database, self.metadata.run_id, self.strategy_type, parameter, self.metric)
    }

    fn one(
        &self,
        database: &mut Catalogue,
        parameter: &str,
        reading: &mut Vec<String>,
    ) -> Result<ParameterAnswer, WorkflowError> {
        let values = self.values(database, parameter)?;
        let verdict = Verdict::of(&values.means(), self.metric.direction);
        let best = verdict.best(&values);
        reading.extend(best.map(|best| verdict::sentence(parameter, self.metric, &best, &verdict)));
        reading.push(values.origin.sentence().to_owned());
        Ok(ParameterAnswer::One {
            parameter: parameter.to_owned(),
            origin: values.origin,
            values: values.sheet(self.metric, &verdict),
            by_symbol: values.by_symbol(),
            verdict: best,
        })
    }

    fn two(&self, database: &mut Catalogue, names: [&String; 2]) -> Result<ParameterAnswer, WorkflowError> {
        let [first, second] = names.map(String::as_str);
        let run = self.metadata.run_id;
        let pairs = parameter_pairs(database, run, self.strategy_type, [first, second], self.metric)?;
        let different = |value: fn(&(f64, f64, Option<f64>)) -> f64| {
            let mut values: Vec<f64> = pairs.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            values
        };
        let (firsts, seconds) = (different(|pair| pair.0), different(|pair| pair.1));
        // A table is easier to read when it is long than when it is wide.
        let turned = seconds.len() > firsts.len();
        let (rows, columns) = if turned { (seconds, firsts) } else { (firsts, seconds) };
        let (row_name, column_name) = if turned { (second, first) } else { (first, second) };
        let names: Vec<String> = columns.iter().map(|value| format!("{column_name}={value}")).collect();
        let head = std::iter::once((row_name, CellKind::Number));
        let mut means = Sheet::new(head.chain(names.iter().map(|name| (name.as_str(), CellKind::Number))));
        let mean = |row: f64, column: f64| {
            let (a, b) = if turned { (column, row) } else { (row, column) };
            pairs.iter().find(|pair| pair.0 == a && pair.1 == b).and_then(|pair| pair.2)
        };
        for row in rows {
            let cells = columns.iter().map(|column| Cell::from(mean(row, *column)));
            means.push(std::iter::once(Cell::from(row)).chain(cells).collect());
        }
        Ok(ParameterAnswer::Two { rows: row_name.to_owned(), columns: column_name.to_owned(), means })
    }

    /// Wide gaps first: those parameters matter.
    fn overview(&self, database: &mut Catalogue, names: &[String]) -> Result<ParameterAnswer, WorkflowError> {
        let mut found = Vec::new();
        for name in names {
            let values = self.values(database, name)?;
            let verdict = Verdict::of(&values.means(), self.metric.direction);
            found.push((name, values.means().len(), verdict.best(&values)));
        }
        let sensitivity = |best: &Option<Best>| best.map_or(f64::NEG_INFINITY, |best| best.sensitivity);
        found.sort_by(|a, b| sensitivity(&b.2).total_cmp(&sensitivity(&a.2)).then_with(|| a.0.cmp(b.0)));
        let mut sheet = Sheet::new([
            ("parameter", CellKind::Text),
            ("values", CellKind::Integer),
            ("best_value", CellKind::Number),
            ("best_mean", CellKind::Number),
            ("neighbours_mean", CellKind::Number),
            ("sensitivity", CellKind::Number),
            ("deviation", CellKind::Number),
            ("shape", CellKind::Text),
            ("best_is_at_edge", CellKind::Truth),
        ]);
        for (name, values, best) in found {
            sheet.push(vec![
                name.as_str().into(),
                values.into(),
                best.map(|b| b.value).into(),
                best.map(|b| b.mean).into(),
                best.and_then(|b| b.neighbours).into(),
                best.map(|b| b.sensitivity).into(),
                best.and_then(|b| b.deviation).into(),
                best.map(|b| b.shape.name()).into(),
                best.map(|b| b.at_edge).into(),
            ]);
        }
        Ok(ParameterAnswer::Overview(sheet))
    }
}

fn metric(name: &str) -> Result<&'static Metric, WorkflowError> {
    METRICS.iter().find(|metric| metric.name == name).ok_or_else(|| {
        let names = || METRICS.iter().map(|metric| metric.name);
        let help = match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("metrics are {}", names().collect::<Vec<_>>().join(", ")),
        };
        usage(format!("`{name}` is not a metric"), help)
    })
}

/// The type asked for, or the only one that has anything to choose, and how many strategies are of it.
fn chosen_type(types: &Sheet, asked: Option<&str>) -> Result<(String, u64), WorkflowError> {
    let known: Vec<(String, u64)> = types
        .rows
        .iter()
        .filter_map(|row| match (&row[0], &row[1]) {
            (Cell::Text(name), Cell::Integer(n)) => Some((name.clone(), n.unsigned_abs())),
            _ => None,
        })
        .collect();
    let names = || known.iter().map(|(name, _)| name.as_str());
    let list = names().collect::<Vec<_>>().join(", ");
    match asked {
        Some(asked) => known.iter().find(|(name, _)| name == asked).cloned().ok_or_else(|| {
            let help = match nearest(asked, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {list}"),
            };
            usage(format!("the run has no strategies of type `{asked}`"), help)
        }),
        None => match known.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(usage("the run has no strategies".to_owned(), "name another run".to_owned())),
            _ => Err(usage(
                format!("the run has {} types of strategies", known.len()),
                format!("say which with --strategy: {list}"),
            )),
        },
    }
}

fn check_parameter(strategy_type: &str, name: &str, known: &[String]) -> Result<(), WorkflowError> {
    if known.iter().any(|known| known == name) {
        return Ok(());
    }
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("`{strategy_type}` has no parameters"),
        None => format!("it has {}", known.join(", ")),
    };
    Err(usage(format!("strategies of type `{strategy_type}` have no parameter `{name}`"), help))
}

fn whole(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn usage(message: String, help: String) -> WorkflowError {
    WorkflowError::Usage { message, help: Some(help) }
}
