//! `admf runs show`: what a run was and what came out of it.

mod stored;
mod strategy;

pub use stored::{StoredStrategyReport, show_stored};
pub use strategy::{StrategyShowReport, StrategyShowRequest, show_strategy};

use crate::spec::{Source, Spec};
use crate::{WorkflowError, database, luck};
use admf_model::{Cell, CellKind, Execution, RunId, Sheet, StrategyId};
use admf_store::Workspace;
use admf_store::queries::{self, ScanRequest, parameter_sensitivity, run_types, strategy_regimes};
use admf_store::run::{self, RunMetadata};

/// Which run.
#[derive(Clone, Debug)]
pub struct RunsShowRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of its id, or `@last`.
    pub run: String,
    /// How many strategies to rank.
    pub limit: u32,
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct RunsShowReport {
    /// What its `metadata.json` says.
    pub metadata: RunMetadata,
    /// How fills and costs were; `None` where the run's spec cannot be read.
    pub execution: Option<Execution>,
    /// The best strategies by Sharpe ratio.
    pub strategies: Sheet,
    /// A row per type of strategy.
    pub types: Sheet,
    /// What the best strategy did under each label; without rows when the run has no classifier.
    pub regimes: Sheet,
    /// The best strategy; `None` when no strategy has a Sharpe ratio.
    pub best: Option<BestStrategy>,
    /// How much each parameter of the best strategy's type mattered.
    pub parameters: Sheet,
    /// How to read the deflated Sharpe ratios.
    pub luck: Vec<String>,
    /// What the user should know about the answer.
    pub notes: Vec<String>,
}

/// The strategy whose regimes and parameters are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestStrategy {
    /// Its id.
    pub strategy_id: StrategyId,
    /// Name of its definition.
    pub strategy_type: String,
}

/// Shows a finished run.
pub fn runs_show(request: &RunsShowRequest) -> Result<RunsShowReport, WorkflowError> {
    let metadata = run::resolve_complete(&request.workspace, &request.run)?;
    let run = metadata.run_id;
    let (mut database, notes) = database::open(&request.workspace)?;
    // At least one row, so that there is a best strategy whatever the limit.
    let ranking = ScanRequest { run: Some(run), ..ScanRequest::by_sharpe(request.limit.max(1)) };
    let mut found = queries::scan_distinct(&mut database, &ranking)?.sheet;
    // Without a Sharpe ratio the first row is not the best one.
    let best = metadata.best_sharpe.and_then(|_| {
        let strategy_id = text(&found, 0, "strategy_id")?.parse().ok()?;
        let strategy_type = text(&found, 0, "strategy_type")?.to_owned();
        Some(BestStrategy { strategy_id, strategy_type })
    });
    found.rows.truncate(request.limit as usize);
    let (regimes, parameters) = match &best {
        Some(BestStrategy { strategy_id, strategy_type }) => (
            strategy_regimes(&mut database, run, *strategy_id)?,
            headline(&parameter_sensitivity(&mut database, run, strategy_type)?),
        ),
        None => (Sheet::new([]), Sheet::new([])),
    };
    let types = run_types(&mut database, run)?;
    let luck = luck::of_run(&mut database, &metadata)?;
    let execution = execution(&request.workspace, run);
    Ok(RunsShowReport {
        metadata,
        execution,
        strategies: found,
        types,
        regimes,
        best,
        parameters,
        luck,
        notes,
    })
}

/// What the copy of the run's spec says.
fn execution(workspace: &Workspace, run: RunId) -> Option<Execution> {
    let text = run::spec(workspace, run).ok()?;
    Spec::parse(&Source::new("spec.yaml", &text)).ok().map(|spec| spec.execution)
}

/// Per parameter: how many values were tried, and which did best and worst on average. A wide gap says that the choice
/// matters; a best value at the edge says that the grid should go further.
fn headline(sensitivity: &Sheet) -> Sheet {
    let mut sheet = Sheet::new([
        ("parameter", CellKind::Text),
        ("values", CellKind::Integer),
        ("best_value", CellKind::Number),
        ("best_avg_sharpe", CellKind::Number),
        ("worst_value", CellKind::Number),
        ("worst_avg_sharpe", CellKind::Number),
        ("best_is_at_edge", CellKind::Truth),
    ]);
    let rows: Vec<(&str, f64, Option<f64>)> = (0..sensitivity.rows.len())
        .filter_map(|row| {
            let name = text(sensitivity, row, "parameter_name")?;
            Some((name, number(sensitivity, row, "parameter_value")?, number(sensitivity, row, "avg_sharpe")))
        })
        .collect();
    // The query sorts by parameter and value.
    for values in rows.chunk_by(|a, b| a.0 == b.0).filter(|values| values.len() > 1) {
        let rated: Vec<(f64, f64)> =
            values.iter().filter_map(|(_, value, sharpe)| Some((*value, (*sharpe)?))).collect();
        let best = rated.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let worst = rated.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let at_edge = best.map(|(value, _)| *value == values[0].1 || *value == values[values.len() - 1].1);
        sheet.push(vec![
            values[0].0.into(),
            values.len().into(),
            best.map(|b| b.0).into(),
            best.map(|b| b.1).into(),
            worst.map(|w| w.0).into(),
            worst.map(|w| w.1).into(),
            at_edge.into(),
        ]);
    }
    sheet
}

fn cell<'a>(sheet: &'a Sheet, row: usize, column: &str) -> Option<&'a Cell> {
    let at = sheet.columns.iter().position(|c| c.name == column)?;
    sheet.rows.get(row)?.get(at)
}

fn text<'a>(sheet: &'a Sheet, row: usize, column: &str) -> Option<&'a str> {
    match cell(sheet, row, column)? {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

fn number(sheet: &Sheet, row: usize, column: &str) -> Option<f64> {
    match cell(sheet, row, column)? {
        Cell::Number(n) => Some(*n),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
