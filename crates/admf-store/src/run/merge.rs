//! From the parts of a run to its files, in memory that does not grow with the run.

use super::checkpoint::{self, children};
use super::parameter_analysis::ParameterFold;
use super::summary::SummaryFold;
use crate::durable;
use crate::error::Result;
use crate::parquet_file::{self, ParquetRows, ParquetWriter};
use crate::record::Record;
use crate::tables::{
    ClassifierRow, LabelRow, ParameterAnalysisRow, RegimePerformanceRow, SignalRow, StrategyRow, TradeRow,
};
use admf_model::RunId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What went into the files.
pub(super) struct Merged {
    pub(super) strategies: u64,
    pub(super) trades: u64,
    pub(super) classifiers: Vec<ClassifierRow>,
    pub(super) signal_files: BTreeMap<String, String>,
    pub(super) classifier_files: BTreeMap<String, String>,
    pub(super) summary: SummaryFold,
}

/// Writes all Parquet files of a run from its parts, in the order of the parts.
pub(super) fn merge(
    run: &Path,
    run_id: RunId,
    deflated_sharpe: &dyn Fn(&StrategyRow) -> Option<f64>,
) -> Result<Merged> {
    let parts: Vec<PathBuf> = checkpoint::parts(run)?.into_iter().map(|(_, part)| part).collect();
    let mut summary = SummaryFold::default();
    let mut parameters = ParameterFold::default();
    let mut classifiers = Vec::new();

    let strategies = merge_table(run, &parts, |rows: &mut Vec<StrategyRow>| {
        for row in rows {
            row.performance.deflated_sharpe = deflated_sharpe(row);
            summary.push_strategy(row);
            parameters.push(row);
        }
    })?;
    let trades = merge_table(run, &parts, |_: &mut Vec<TradeRow>| {})?;
    merge_table(run, &parts, |rows: &mut Vec<RegimePerformanceRow>| {
        rows.iter().for_each(|row| summary.push_regime(row));
    })?;
    merge_table(run, &parts, |rows: &mut Vec<ClassifierRow>| classifiers.extend_from_slice(rows))?;
    let analysis = run.join(file_name(ParameterAnalysisRow::table().name));
    parquet_file::write_rows(&analysis, &parameters.finish(run_id), &[])?;
    Ok(Merged {
        strategies,
        trades,
        classifiers,
        signal_files: merge_types::<SignalRow>(run, &parts, "signals")?,
        classifier_files: merge_types::<LabelRow>(run, &parts, "classifiers")?,
        summary,
    })
}

/// One file of a table from the parts that have it; an empty file where none has. Returns the number of rows.
fn merge_table<R: Record>(run: &Path, parts: &[PathBuf], each: impl FnMut(&mut Vec<R>)) -> Result<u64> {
    merge_files(run, Path::new(&file_name(R::table().name)), parts, each)
}

/// One file per type in `folder`. Returns the files by type, relative to the run.
fn merge_types<R: Record>(run: &Path, parts: &[PathBuf], folder: &str) -> Result<BTreeMap<String, String>> {
    let mut types = BTreeSet::new();
    for part in parts {
        let files = children(&part.join(folder))?;
        types.extend(files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())));
    }
    durable::create_folders(&run.join(folder))?;
    let mut files = BTreeMap::new();
    for name in types {
        let file = format!("{folder}/{}", file_name(&name));
        merge_files(run, Path::new(&file), parts, |_: &mut Vec<R>| {})?;
        files.insert(name, file);
    }
    Ok(files)
}

fn merge_files<R: Record>(
    run: &Path,
    file: &Path,
    parts: &[PathBuf],
    mut each: impl FnMut(&mut Vec<R>),
) -> Result<u64> {
    let mut writer = ParquetWriter::for_table(&run.join(file), R::table(), &[])?;
    for part in parts.iter().map(|part| part.join(file)).filter(|part| part.exists()) {
        for rows in ParquetRows::<R>::open(&part)? {
            let mut rows = rows?;
            each(&mut rows);
            writer.write_rows(&rows)?;
        }
    }
    writer.finish()
}

fn file_name(table: &str) -> String {
    format!("{table}.parquet")
}
