//! `admf workspace scan`: runs and their best strategies from small files of metadata alone, of this workspace or of a
//! foreign folder that could be adopted.

use crate::WorkflowError;
use admf_model::{CellKind, Sheet};
use admf_store::foreign::{self, RunFolder};
use admf_store::quick_scan::{self, Quick};
use admf_store::{Workspace, run};
use std::path::{Path, PathBuf};

/// What to look at.
#[derive(Clone, Debug)]
pub enum Scanned {
    /// The runs of a workspace.
    Workspace(Workspace),
    /// Folders of another program.
    Folders(Vec<PathBuf>),
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct WorkspaceScanRequest {
    /// Where.
    pub scanned: Scanned,
    /// How many strategies to rank.
    pub limit: usize,
    /// Only strategies with at least this Sharpe ratio.
    pub min_sharpe: Option<f64>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct WorkspaceScanReport {
    /// A row per run.
    pub runs: Sheet,
    /// The strategies with the highest Sharpe ratios, as reported.
    pub strategies: Sheet,
    /// Strategies that were looked at.
    pub seen: usize,
    /// Strategies that fulfil the condition, shown or not.
    pub matching: usize,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// Scans metadata. No data and no database is opened.
pub fn workspace_scan(request: &WorkspaceScanRequest) -> Result<WorkspaceScanReport, WorkflowError> {
    let mut found = Found {
        runs: Sheet::new([
            ("run", CellKind::Text),
            ("name", CellKind::Text),
            ("strategies", CellKind::Integer),
            ("best_sharpe", CellKind::Number),
            ("best_strategy", CellKind::Text),
        ]),
        strategies: Vec::new(),
        seen: 0,
        problems: Vec::new(),
        min_sharpe: request.min_sharpe,
    };
    match &request.scanned {
        Scanned::Workspace(workspace) => found.workspace(workspace)?,
        Scanned::Folders(folders) => folders.iter().try_for_each(|folder| found.folder(folder))?,
    }
    let matching = found.strategies.len();
    let strategies = found.ranking(request.limit);
    Ok(WorkspaceScanReport {
        runs: found.runs,
        strategies,
        seen: found.seen,
        matching,
        problems: found.problems,
    })
}

struct Found {
    runs: Sheet,
    /// Strategies that fulfil the condition, with the run that they are of.
    strategies: Vec<(String, Quick)>,
    seen: usize,
    problems: Vec<String>,
    min_sharpe: Option<f64>,
}

impl Found {
    fn workspace(&mut self, workspace: &Workspace) -> Result<(), WorkflowError> {
        let (runs, damaged) = quick_scan::runs(workspace)?;
        self.problems.extend(damaged.iter().map(ToString::to_string));
        for found in runs {
            let Ok(id) = found.run_id.parse() else { continue };
            let strategies = match quick_scan::strategies(workspace, id) {
                Ok(Some(strategies)) => strategies,
                Ok(None) => large(workspace, id)?,
                Err(error) => {
                    self.problems.push(error.to_string());
                    Vec::new()
                }
            };
            self.runs.push(vec![
                found.run_id.as_str().into(),
                found.name.into(),
                usize::try_from(found.total_strategies).unwrap_or(usize::MAX).into(),
                found.best_sharpe.into(),
                found.best_strategy.into(),
            ]);
            self.keep(&found.run_id, strategies);
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path) -> Result<(), WorkflowError> {
        let usage = |message| WorkflowError::Usage { message, help: None };
        let foreign::FoundRuns { runs, problems } =
            foreign::find_runs(folder).map_err(|problem| usage(problem.to_string()))?;
        self.problems.extend(problems.iter().map(ToString::to_string));
        if runs.is_empty() && problems.is_empty() {
            return Err(usage(format!("there is no run in {}", folder.display())));
        }
        for path in runs {
            let run = RunFolder::list(&path).map_err(|problem| usage(problem.to_string()))?;
            self.problems.extend(run.problems.iter().map(ToString::to_string));
            let name = match foreign::run_head(&run) {
                Ok(head) => head.run_id,
                Err(problem) => {
                    self.problems.push(problem.to_string());
                    super::workspace_import::name_of(&path)
                }
            };
            let mut strategies = Vec::new();
            for quick in foreign::in_order(&run.strategies, foreign::quick) {
                match quick {
                    Ok(quick) => strategies.push(quick),
                    Err(problem) => self.problems.push(problem.to_string()),
                }
            }
            let rated = strategies.iter().filter_map(|quick| Some((quick.sharpe()?, &quick.strategy_id)));
            let best = rated.max_by(|a, b| a.0.total_cmp(&b.0));
            self.runs.push(vec![
                path.display().to_string().into(),
                name.as_str().into(),
                strategies.len().into(),
                best.as_ref().map(|best| best.0).into(),
                best.and_then(|best| best.1.clone()).into(),
            ]);
            self.keep(&name, strategies);
        }
        Ok(())
    }

    fn keep(&mut self, run: &str, strategies: Vec<Quick>) {
        self.seen += strategies.len();
        let is_wanted = |quick: &Quick| match self.min_sharpe {
            Some(least) => quick.sharpe().is_some_and(|sharpe| sharpe >= least),
            None => true,
        };
        self.strategies.extend(strategies.into_iter().filter(is_wanted).map(|quick| (run.to_owned(), quick)));
    }

    /// The highest Sharpe ratio first, undefined ones last; equal ones by id.
    fn ranking(&mut self, limit: usize) -> Sheet {
        let sharpe = |quick: &Quick| quick.sharpe().unwrap_or(f64::NEG_INFINITY);
        self.strategies.sort_by(|(run, a), (other, b)| {
            let rank = sharpe(b).total_cmp(&sharpe(a));
            rank.then_with(|| a.strategy_id.cmp(&b.strategy_id)).then_with(|| run.cmp(other))
        });
        let mut sheet = Sheet::new([
            ("run", CellKind::Text),
            ("strategy_id", CellKind::Text),
            ("strategy_type", CellKind::Text),
            ("symbol", CellKind::Text),
            ("sharpe_ratio", CellKind::Number),
            ("total_return", CellKind::Number),
            ("max_drawdown", CellKind::Number),
            ("win_rate", CellKind::Number),
            ("compression_ratio", CellKind::Number),
        ]);
        for (run, quick) in self.strategies.iter().take(limit) {
            sheet.push(vec![
                run.as_str().into(),
                quick.strategy_id.clone().into(),
                quick.strategy_type.clone().into(),
                quick.symbol.clone().into(),
                quick.sharpe().into(),
                quick.total_return.0.into(),
                quick.max_drawdown.0.into(),
                quick.win_rate.0.into(),
                quick.compression_ratio.0.into(),
            ]);
        }
        sheet
    }
}

/// What strategies of a run are found by, where they are too many for a file of metadata.
fn large(workspace: &Workspace, id: admf_model::RunId) -> Result<Vec<Quick>, WorkflowError> {
    let quick = |key: run::StrategyKey| Quick {
        strategy_id: Some(key.strategy_id.to_string()),
        strategy_type: Some(key.strategy_type),
        symbol: Some(key.symbol),
        sharpe_ratio: key.sharpe_ratio.map(Into::into).unwrap_or_default(),
        ..Quick::default()
    };
    Ok(run::strategy_keys(workspace, id)?.into_iter().map(quick).collect())
}
