//! `admf data check`: what is wrong with a dataset, or with files before they are imported.

use crate::data_import::reading::ReadingArguments;
use crate::{WorkflowError, dataset_sheets};
use admf_model::{Cell, CellKind, Sheet, Timestamp};
use admf_store::Workspace;
use admf_store::market::{self, Description, Findings, RULES, Reject, Source};
use std::path::PathBuf;

/// A stored dataset to check.
#[derive(Clone, Debug)]
pub struct DataCheckRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// `name`, or `name@hash` for an older version.
    pub dataset: String,
}

/// Files to check; nothing is kept.
#[derive(Clone, Debug)]
pub struct FilesCheckRequest {
    /// Files, each as `FILE` or `SYMBOL=FILE`; a file may be a pattern or a folder.
    pub files: Vec<String>,
    /// The name that they would be imported under.
    pub name: Option<String>,
    /// Bars per year, instead of what the bars tell.
    pub bars_per_year: Option<f64>,
    /// What the user says about the files.
    pub reading: ReadingArguments,
    /// Where rejected rows are listed.
    pub rejects: Option<PathBuf>,
    /// The time of the check.
    pub now: Timestamp,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct DataCheckReport {
    /// The dataset's name.
    pub name: String,
    /// Content hash of the bars.
    pub content_hash: String,
    /// Length of a bar.
    pub interval: String,
    /// What annualised numbers rest on, in words.
    pub calendar: String,
    /// Bars of all symbols.
    pub bars: usize,
    /// Rows that are no bars.
    pub rejected: usize,
    /// Bars that are stored as they stand and rarely are true.
    pub flagged: u64,
    /// A row per symbol.
    pub symbols: Sheet,
    /// A row per file.
    pub sources: Sheet,
    /// A row per rule and symbol: how often.
    pub counts: Sheet,
    /// A row per finding, those of rules that reject first.
    pub findings: Sheet,
    /// What the user should know about how the files were read.
    pub notes: Vec<String>,
}

/// Checks a stored dataset.
pub fn data_check(request: &DataCheckRequest) -> Result<DataCheckReport, WorkflowError> {
    let check = market::check_stored(&request.workspace.market(), &request.dataset)?;
    let rows = check.rejected.into_iter().map(|row| Rejected {
        file: row.file,
        line: row.line,
        rule: row.rule,
        reason: row.reason,
    });
    Ok(report(&check.description, rows.collect(), &check.findings, Vec::new()))
}

/// Checks files as an import does.
pub fn files_check(request: FilesCheckRequest) -> Result<DataCheckReport, WorkflowError> {
    let FilesCheckRequest { files, name, bars_per_year, reading, rejects, now } = request;
    let request = market::Request {
        sources: Source::from_arguments(&files)?,
        name: name.unwrap_or_else(|| "files".to_owned()),
        family: None,
        bars_per_year,
        reading: reading.parse()?,
        rejects,
        now,
    };
    let checked = market::check_files(&request, &|_| ())?;
    let notes = checked.description.notes().iter().map(ToString::to_string).collect();
    let rejected = checked.rejects.into_iter().map(Rejected::from).collect();
    Ok(report(&checked.description, rejected, &checked.findings, notes))
}

/// A table of the rules: what they find, why it matters, from where on.
pub fn rules() -> Sheet {
    let names = ["rule", "severity", "finds", "matters", "threshold"];
    let mut sheet = Sheet::new(names.map(|name| (name, CellKind::Text)));
    for rule in RULES {
        sheet.push(vec![
            rule.name.into(),
            rule.severity.to_string().into(),
            rule.finds.into(),
            rule.matters.into(),
            rule.threshold.into(),
        ]);
    }
    sheet
}

struct Rejected {
    file: String,
    line: u64,
    rule: String,
    reason: String,
}

impl From<Reject> for Rejected {
    fn from(reject: Reject) -> Self {
        let (rule, reason) = (reject.reason.rule().name.to_owned(), reject.reason.to_string());
        Self { file: reject.file, line: reject.line, rule, reason }
    }
}

fn report(
    description: &Description,
    rejected: Vec<Rejected>,
    findings: &Findings,
    notes: Vec<String>,
) -> DataCheckReport {
    DataCheckReport {
        name: description.name.clone(),
        content_hash: description.content_hash.to_string(),
        interval: description.interval.to_string(),
        calendar: dataset_sheets::calendar(description),
        bars: description.symbols.iter().map(|symbol| symbol.bars).sum(),
        rejected: rejected.len(),
        flagged: findings.total(),
        symbols: dataset_sheets::symbols(&description.symbols),
        sources: dataset_sheets::sources(&description.sources),
        counts: counts(&rejected, findings),
        findings: listed(rejected, findings),
        notes,
    }
}

fn counts(rejected: &[Rejected], findings: &Findings) -> Sheet {
    let mut by_rule: Vec<(&str, usize)> = Vec::new();
    for row in rejected {
        match by_rule.iter_mut().find(|(rule, _)| *rule == row.rule) {
            Some((_, count)) => *count += 1,
            None => by_rule.push((&row.rule, 1)),
        }
    }
    let mut sheet = dataset_sheets::flags(&findings.counts());
    let rows = by_rule
        .into_iter()
        .map(|(rule, count)| vec!["rejected".into(), rule.into(), Cell::Null, count.into()]);
    sheet.rows.splice(0..0, rows);
    sheet
}

fn listed(rejected: Vec<Rejected>, findings: &Findings) -> Sheet {
    let mut sheet = Sheet::new([
        ("severity", CellKind::Text),
        ("rule", CellKind::Text),
        ("symbol", CellKind::Text),
        ("time", CellKind::Text),
        ("file", CellKind::Text),
        ("line", CellKind::Integer),
        ("bar", CellKind::Integer),
        ("what", CellKind::Text),
    ]);
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    for Rejected { file, line, rule, reason } in rejected {
        let (severity, line) = ("rejected".into(), number(line).into());
        sheet.push(vec![
            severity,
            rule.into(),
            Cell::Null,
            Cell::Null,
            file.into(),
            line,
            Cell::Null,
            reason.into(),
        ]);
    }
    for finding in findings.listed() {
        let (file, line) =
            finding.place.clone().map_or((None, None), |(file, line)| (Some(file), Some(number(line))));
        sheet.push(vec![
            finding.rule.severity.to_string().into(),
            finding.rule.name.into(),
            (!finding.symbol.is_empty()).then(|| finding.symbol.clone()).into(),
            finding.time.map(|time| time.to_string()).into(),
            file.into(),
            line.into(),
            finding.bar.into(),
            finding.what.as_str().into(),
        ]);
    }
    sheet
}
