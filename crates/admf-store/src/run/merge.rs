//! From the parts of a run to its files, in memory that does not grow with the run.

mod strategies;

pub(super) use strategies::Deflate;
pub use strategies::SharpeEvidence;

use super::checkpoint::{self, children};
use super::parameter_analysis::ParameterFold;
use super::signal_metadata::SignalFold;
use super::summary::SummaryFold;
use crate::durable;
use crate::error::Result;
use crate::parquet_file::{self, ParquetBatches, ParquetRows, ParquetWriter};
use crate::record::Record;
use crate::tables::{
    ClassifierRow, LabelRow, ParameterAnalysisRow, RegimePerformanceRow, SignalRow, StrategyRow, Table,
    TradeRow,
};
use admf_model::RunId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is found out about strategies while they are stored.
#[derive(Debug, Default)]
pub(super) struct Folds {
    summary: SummaryFold,
    signals: SignalFold,
    parameters: ParameterFold,
}

impl Folds {
    /// Of the first so many parts.
    pub(super) fn of_parts(run: &Path, parts: u32) -> Result<Self> {
        let mut folds = Self::default();
        let there = checkpoint::parts(run)?.into_iter();
        let parts: Vec<PathBuf> =
            there.filter(|(number, _)| *number <= parts).map(|(_, part)| part).collect();
        for part in having(&parts, &file_name(StrategyRow::table().name)) {
            for rows in ParquetRows::<StrategyRow>::open(&part)? {
                folds.push(&rows?);
            }
        }
        Ok(folds)
    }

    /// Adds strategies, in the order in which they are stored.
    pub(super) fn push(&mut self, strategies: &[StrategyRow]) {
        for row in strategies {
            self.summary.push_strategy(row);
            self.signals.push_strategy(row);
            self.parameters.push(row);
        }
    }
}

/// What went into the files.
pub(super) struct Merged {
    pub(super) strategies: u64,
    pub(super) trades: u64,
    pub(super) classifiers: Vec<ClassifierRow>,
    pub(super) signal_files: BTreeMap<String, String>,
    pub(super) classifier_files: BTreeMap<String, String>,
    pub(super) summary: SummaryFold,
    pub(super) signals: SignalFold,
}

/// Writes all Parquet files of a run from its parts, in the order of the parts.
pub(super) fn merge(run: &Path, run_id: RunId, deflated_sharpe: Deflate<'_>, folds: Folds) -> Result<Merged> {
    let parts: Vec<PathBuf> = checkpoint::parts(run)?.into_iter().map(|(_, part)| part).collect();
    let Folds { mut summary, mut signals, parameters } = folds;
    let mut classifiers = Vec::new();
    let strategies = strategies::merge(run, &parts, deflated_sharpe, &mut summary)?;
    let trades = copy_file(run, &file_name(TradeRow::table().name), &parts, TradeRow::table(), &[])?;
    merge_table(run, &parts, |rows: &mut Vec<RegimePerformanceRow>| {
        for row in rows {
            summary.push_regime(row);
            signals.push_regime(row);
        }
    })?;
    merge_table(run, &parts, |rows: &mut Vec<ClassifierRow>| classifiers.extend_from_slice(rows))?;
    let analysis = run.join(file_name(ParameterAnalysisRow::table().name));
    parquet_file::write_rows(&analysis, &parameters.finish(run_id), &[])?;
    Ok(Merged {
        strategies,
        trades,
        classifiers,
        signal_files: copy_types(run, "signals", &parts, SignalRow::table(), &|kind| signals.footer(kind))?,
        classifier_files: copy_types(run, "classifiers", &parts, LabelRow::table(), &|_| Vec::new())?,
        summary,
        signals,
    })
}

/// One file of a table from the parts that have it, each batch of rows seen and possibly changed on its way; an empty
/// file where no part has it. Returns the number of rows.
fn merge_table<R: Record>(run: &Path, parts: &[PathBuf], mut each: impl FnMut(&mut Vec<R>)) -> Result<u64> {
    let file = file_name(R::table().name);
    let mut writer = ParquetWriter::for_table(&run.join(&file), R::table(), &[])?;
    for part in having(parts, &file) {
        for rows in ParquetRows::<R>::open(&part)? {
            let mut rows = rows?;
            each(&mut rows);
            writer.write_rows(&rows)?;
        }
    }
    writer.finish()
}

/// The same for rows that are not looked at.
fn copy_file(
    run: &Path,
    file: &str,
    parts: &[PathBuf],
    table: &'static Table,
    footer: &[(&str, String)],
) -> Result<u64> {
    let mut writer = ParquetWriter::for_table(&run.join(file), table, footer)?;
    for part in having(parts, file) {
        for batch in ParquetBatches::open(&part, table)? {
            writer.write(&batch?)?;
        }
    }
    writer.finish()
}

/// One file per type in `folder`. Returns the files by type, relative to the run.
fn copy_types(
    run: &Path,
    folder: &str,
    parts: &[PathBuf],
    table: &'static Table,
    footer: &dyn Fn(&str) -> Vec<(&'static str, String)>,
) -> Result<BTreeMap<String, String>> {
    let mut types = BTreeSet::new();
    for part in parts {
        let files = children(&part.join(folder))?;
        types.extend(files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())));
    }
    durable::create_folders(&run.join(folder))?;
    let mut files = BTreeMap::new();
    for name in types {
        let file = format!("{folder}/{}", file_name(&name));
        copy_file(run, &file, parts, table, &footer(&name))?;
        files.insert(name, file);
    }
    Ok(files)
}

/// The files of this name in the parts that have one.
fn having<'a>(parts: &'a [PathBuf], file: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
    parts.iter().map(move |part| part.join(file)).filter(|path| path.exists())
}

fn file_name(table: &str) -> String {
    format!("{table}.parquet")
}
