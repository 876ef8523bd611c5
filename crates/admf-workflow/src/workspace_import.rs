//! `admf workspace import`: results of another program, in its folder per run and file per strategy, become runs of
//! this workspace: stored as they were reported, and never computed again.
//!
//! Everything is read and checked before anything is written. What is wrong with one strategy refuses the whole import
//! unless the caller asks to go on without it.

mod adoption;
mod identity;
mod regimes;
mod rows;

use crate::WorkflowError;
use crate::words::{counted, grouped};
use admf_model::{Cell, CellKind, Interval, RunId, Sheet, Timestamp};
use admf_stats::TrialStatistics;
use admf_store::foreign::{self, Problem, RunFolder};
use admf_store::name::{self, NameKind};
use admf_store::run::{self, Finish, RunWriter};
use admf_store::{Workspace, market, trials};
use adoption::{Adoption, Read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Strategies between two checkpoints.
const CHUNK: usize = 2048;
/// Problems that an error tells.
const TOLD: usize = 10;

/// What to adopt.
pub struct WorkspaceImportRequest<'a> {
    /// Where runs go.
    pub workspace: &'a Workspace,
    /// Folders, each of a run or of several.
    pub folders: Vec<PathBuf>,
    /// `FAMILY/NAME`: the family whose trials these were, and the name of the runs.
    pub name: String,
    /// What the source does not tell.
    pub terms: TermsAsked,
    /// Go on without what is broken.
    pub skip_broken: bool,
    /// Tells the time.
    pub clock: &'a dyn Fn() -> Timestamp,
}

/// What the user says about the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermsAsked {
    /// Bars per year by which Sharpe ratios were annualised.
    pub bars_per_year: Option<f64>,
    /// Length of a bar.
    pub interval: Option<String>,
    /// Fractions are reported in percent.
    pub in_percent: bool,
}

/// What was adopted.
#[derive(Clone, Debug)]
pub struct WorkspaceImportReport {
    /// The family.
    pub family: String,
    /// A row per run: where it came from and what it became.
    pub runs: Sheet,
    /// The runs, in the same order.
    pub run_ids: Vec<RunId>,
    /// What was left out because it is broken: `file`, `place`, `problem`.
    pub skipped: Sheet,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// Adopts runs.
///
/// # Errors
/// [`WorkflowError::Usage`] for folders without runs and a name without family; [`WorkflowError::Data`] and
/// [`WorkflowError::Inputs`] with what is broken: then nothing was written.
pub fn workspace_import(
    request: &WorkspaceImportRequest<'_>,
) -> Result<WorkspaceImportReport, WorkflowError> {
    let began_at = (request.clock)();
    let (family, name) = split_name(&request.name)?;
    check_family(request.workspace, family)?;
    trials::check(request.workspace, family)?;
    let (folders, mut problems) = folders(&request.folders)?;
    let mut notes = Vec::new();
    let mut adoptions = Vec::new();
    for folder in folders {
        let Some(read) = read(&folder, &mut problems) else { continue };
        let terms = terms(request, &read, family)?;
        adoptions.extend(Adoption::new(read, &terms, (family, name), &mut problems, &mut notes));
    }
    if !problems.is_empty() && (!request.skip_broken || adoptions.is_empty()) {
        return Err(refusal(&problems, request.skip_broken));
    }
    for adoption in &adoptions {
        check_elsewhere(request.workspace, adoption)?;
    }
    let mut runs = Sheet::new([
        ("source", CellKind::Text),
        ("run_id", CellKind::Text),
        ("name", CellKind::Text),
        ("outcome", CellKind::Text),
        ("strategies", CellKind::Integer),
        ("classifiers", CellKind::Integer),
        ("signals", CellKind::Integer),
        ("best_sharpe", CellKind::Number),
    ]);
    let mut run_ids = Vec::new();
    for adoption in &adoptions {
        let (run_id, outcome) = store(request, adoption, began_at)?;
        let metadata = run::load(request.workspace, run_id)?;
        run_ids.push(run_id);
        runs.push(vec![
            adoption.folder.display().to_string().into(),
            run_id.to_string().into(),
            metadata.facts.name.into(),
            outcome.into(),
            adoption.strategies.len().into(),
            adoption.classifiers.len().into(),
            adoption.signals().into(),
            metadata.best_sharpe.into(),
        ]);
    }
    Ok(WorkspaceImportReport { family: family.to_owned(), runs, run_ids, skipped: sheet(&problems), notes })
}

/// `us-1d/sweeps` is the family `us-1d` and the name `sweeps`.
fn split_name(text: &str) -> Result<(&str, &str), WorkflowError> {
    let parts = text.rsplit_once('/').map(|(family, name)| (family.trim(), name.trim()));
    match parts.filter(|(family, name)| !family.is_empty() && !name.is_empty()) {
        Some(parts) => Ok(parts),
        None => Err(WorkflowError::Usage {
            message: format!("`{text}` names no family"),
            help: Some(
                "write FAMILY/NAME: the family whose trials these results were, as `admf data ls` shows it, and a name \
                 for the runs"
                    .to_owned(),
            ),
        }),
    }
}

/// A family that is new must have a name that can be that of a folder; one that is there has been accepted before.
fn check_family(workspace: &Workspace, family: &str) -> Result<(), WorkflowError> {
    let datasets = market::list(&workspace.market())?.datasets;
    if datasets.iter().any(|listing| listing.current.family == family) {
        return Ok(());
    }
    match name::check(NameKind::Family, family) {
        Ok(_) => Ok(()),
        Err(error) => Err(WorkflowError::Usage {
            message: error.to_string(),
            help: Some("write FAMILY/NAME, such as us-1d/old".to_owned()),
        }),
    }
}

/// The same results under another family would count as trials that nobody made, and under one that is not theirs.
fn check_elsewhere(workspace: &Workspace, adoption: &Adoption) -> Result<(), WorkflowError> {
    let run_id = RunWriter::first_id(&adoption.spec, &adoption.facts);
    let Ok(there) = run::load(workspace, run_id) else { return Ok(()) };
    let (family, asked) = (&there.facts.family, &adoption.facts.family);
    if family == asked {
        return Ok(());
    }
    let (id, source) = (&run_id.to_string()[..8], name_of(&adoption.folder));
    Err(WorkflowError::Usage {
        message: format!(
            "{source} is there already as run {id} ({}) of the family `{family}`, not `{asked}`",
            there.facts.name
        ),
        help: Some(format!(
            "to keep it, leave it out; to move it, `admf runs rm {id}` and import it again: its trials stay counted \
             in `{family}`"
        )),
    })
}

/// The folders of all runs, each once.
fn folders(asked: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Problem>), WorkflowError> {
    let (mut folders, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for folder in asked {
        let usage = |message, help: &str| WorkflowError::Usage { message, help: Some(help.to_owned()) };
        if !folder.is_dir() {
            return Err(usage(
                format!("there is no folder {}", folder.display()),
                "name the folder of a run",
            ));
        }
        let found = match foreign::find_runs(folder) {
            Ok(found) => found,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if found.runs.is_empty() && found.problems.is_empty() {
            let help = "a run is a folder with metadata.json and a folder signals; name it, or the folder that \
                        holds several";
            return Err(usage(format!("there is no run in {}", folder.display()), help));
        }
        problems.extend(found.problems);
        for run in found.runs {
            let key = run.canonicalize().unwrap_or_else(|_| run.clone());
            if seen.insert(key) {
                folders.push(run);
            }
        }
    }
    Ok((folders, problems))
}

/// Reads everything of a run that is adopted. `None` where the run as a whole is broken.
fn read(path: &Path, problems: &mut Vec<Problem>) -> Option<Read> {
    let mut whole = || {
        let mut folder = RunFolder::list(path)?;
        problems.append(&mut folder.problems);
        let head = foreign::run_head(&folder)?;
        Ok((folder, head))
    };
    let (folder, head) = match whole() {
        Ok(parts) => parts,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut kept = |found: Problem| problems.push(found);
    let strategies = foreign::in_order(&folder.strategies, foreign::strategy);
    let strategies = strategies.into_iter().filter_map(|found| found.map_err(&mut kept).ok()).collect();
    let classifiers = foreign::in_order(&folder.classifiers, |folder| foreign::classifier(folder));
    let classifiers = classifiers.into_iter().filter_map(|found| found.map_err(&mut kept).ok()).collect();
    Some(Read { folder, head, strategies, classifiers })
}

/// What is known of the bars: what the user says, else the run, else the datasets of the family where they agree.
fn terms(
    request: &WorkspaceImportRequest<'_>,
    read: &Read,
    family: &str,
) -> Result<adoption::Terms, WorkflowError> {
    let asked = &request.terms;
    if let Some(text) = &asked.interval {
        text.parse::<Interval>()
            .map_err(|error| WorkflowError::Usage { message: error.to_string(), help: None })?;
    }
    if let Some(bars) = asked.bars_per_year.filter(|bars| !bars.is_finite() || *bars <= 0.0) {
        let message = format!("{bars} bars per year are impossible");
        return Err(WorkflowError::Usage { message, help: Some("write a number such as 252".to_owned()) });
    }
    let inventory = market::list(&request.workspace.market())?;
    let of_family = inventory.datasets.iter().map(|listing| &listing.current).filter(|d| d.family == family);
    let (mut years, mut intervals): (Vec<f64>, Vec<String>) =
        of_family.map(|d| (d.calendar.bars_per_year, d.interval.to_string())).unzip();
    years.dedup();
    intervals.dedup();
    let only = |values: &[f64]| if let [only] = values { Some(*only) } else { None };
    let only_interval = if intervals.len() == 1 { intervals.pop() } else { None };
    Ok(adoption::Terms {
        bars_per_year: asked.bars_per_year.or(read.head.bars_per_year).or_else(|| only(&years)),
        interval: asked.interval.clone().or_else(|| read.head.bar_interval.clone()).or(only_interval),
        in_percent: asked.in_percent,
    })
}

/// Writes a run, unless the same content is there already.
fn store(
    request: &WorkspaceImportRequest<'_>,
    adoption: &Adoption,
    began_at: Timestamp,
) -> Result<(RunId, &'static str), WorkflowError> {
    let workspace = request.workspace;
    let run_id = RunWriter::first_id(&adoption.spec, &adoption.facts);
    if run::load(workspace, run_id).is_ok() {
        run::remove_leftovers(workspace, run_id)?;
        return Ok((run_id, "already there"));
    }
    if workspace.run(run_id).exists() {
        // An import that was killed: nothing in it is worth more than reading the folder again.
        run::remove(workspace, run_id)?;
    }
    let mut writer = RunWriter::begin(workspace, &adoption.spec, adoption.facts.clone(), began_at)?;
    let run_id = writer.run_id();
    let family = &adoption.facts.family;
    writer.checkpoint(&rows::classifiers(run_id, adoption))?;
    for chunk in adoption.strategies.chunks(CHUNK) {
        trials::append(workspace, family, &rows::trials(run_id, adoption, chunk))?;
        writer.checkpoint(&rows::strategies(run_id, adoption, chunk))?;
    }
    let summary = trials::summary(workspace, family)?;
    let statistics = TrialStatistics::from_rounds(summary.rounds());
    writer.finish(&Finish {
        elapsed_ms: &|| ((request.clock)().micros() - began_at.micros()) / 1000,
        trials: statistics.count,
        trial_sharpe_variance: statistics.variance,
        expected_maximum_sharpe: statistics.expected_maximum,
        // It needs skewness and kurtosis of returns, which nobody reported.
        deflated_sharpe: &|_| None,
    })?;
    Ok((run_id, "imported"))
}

/// Everything that is broken, as one error.
fn refusal(problems: &[Problem], nothing_is_left: bool) -> WorkflowError {
    let help = if nothing_is_left {
        "nothing is left to import: repair it at its source"
    } else {
        "nothing was imported; repair it at its source, or add --skip-broken to import the rest"
    };
    let data = |message, help: Option<String>| WorkflowError::Data { message, help };
    if let [only] = problems {
        return data(only.to_string(), Some(help.to_owned()));
    }
    let told = problems.iter().take(TOLD).enumerate().map(|(at, problem)| {
        let is_last = at + 1 == problems.len().min(TOLD);
        data(problem.to_string(), is_last.then(|| help.to_owned()))
    });
    WorkflowError::Inputs { name: "the import".to_owned(), errors: told.collect(), found: problems.len() }
}

fn sheet(problems: &[Problem]) -> Sheet {
    let columns = ["file", "place", "problem"].map(|name| (name, CellKind::Text));
    let mut sheet = Sheet::new(columns);
    for Problem { path, place, reason } in problems {
        let place = place.as_deref().map_or(Cell::Null, Cell::from);
        sheet.push(vec![path.display().to_string().into(), place, reason.as_str().into()]);
    }
    sheet
}

/// `signals/a (3 files) and events (2 files)`.
fn left_out(folder: &RunFolder) -> Option<String> {
    let parts: Vec<String> = folder
        .left_out
        .iter()
        .take(TOLD)
        .map(|part| format!("{} ({})", part.name, counted(part.files, "file", "files")))
        .collect();
    let more = folder.left_out.len().saturating_sub(TOLD);
    let more = if more > 0 { format!(" and {} more", grouped(more as u64)) } else { String::new() };
    (!parts.is_empty()).then(|| format!("{}: not adopted: {}{more}", name_of(&folder.path), parts.join(", ")))
}

/// The last part of a path.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
