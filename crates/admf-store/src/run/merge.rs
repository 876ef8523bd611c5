//! From the parts of a run to its files, in memory that does not grow with the run.

use super::checkpoint::{self, children};
use super::parameter_analysis::ParameterFold;
use super::signal_metadata::SignalFold;
use super::summary::SummaryFold;
use crate::durable;
use crate::error::Result;
use crate::parquet_file::{self, ParquetBatches, ParquetRows, ParquetWriter, rows_error};
use crate::record::{Record, Scalar};
use crate::tables::{
    ClassifierRow, LabelRow, ParameterAnalysisRow, RegimePerformanceRow, SignalRow, StrategyRow, Table,
    TradeRow,
};
use admf_model::RunId;
use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Batches that may be decoded before they are encoded.
const BATCHES_AHEAD: usize = 4;

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
pub(super) fn merge(
    run: &Path,
    run_id: RunId,
    deflated_sharpe: &dyn Fn(&StrategyRow) -> Option<f64>,
) -> Result<Merged> {
    let parts: Vec<PathBuf> = checkpoint::parts(run)?.into_iter().map(|(_, part)| part).collect();
    let mut summary = SummaryFold::default();
    let mut signals = SignalFold::default();
    let mut parameters = ParameterFold::default();
    let mut classifiers = Vec::new();

    let strategies = merge_strategies(run, &parts, |row| {
        row.performance.deflated_sharpe = deflated_sharpe(row);
        summary.push_strategy(row);
        signals.push_strategy(row);
        parameters.push(row);
    })?;
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

/// The same for strategies, of which `each` fills the deflated Sharpe ratio and changes nothing else: a thread encodes
/// what this one has decoded and looked at.
fn merge_strategies(run: &Path, parts: &[PathBuf], mut each: impl FnMut(&mut StrategyRow)) -> Result<u64> {
    let table = StrategyRow::table();
    let file = file_name(table.name);
    let mut writer = ParquetWriter::for_table(&run.join(&file), table, &[])?;
    let column = table.schema().index_of("deflated_sharpe").expect("every metric is a column");
    std::thread::scope(|scope| {
        let (sender, batches) = std::sync::mpsc::sync_channel::<RecordBatch>(BATCHES_AHEAD);
        let encoding = scope.spawn(move || -> Result<ParquetWriter> {
            batches.iter().try_for_each(|batch| writer.write(&batch))?;
            Ok(writer)
        });
        let mut read = || -> Result<()> {
            for part in having(parts, &file) {
                for batch in ParquetBatches::open(&part, table)? {
                    let batch = batch?;
                    let mut rows = StrategyRow::from_batch(&batch).map_err(rows_error(&part, table))?;
                    rows.iter_mut().for_each(&mut each);
                    let values = f64::array(rows.iter().map(|row| row.performance.deflated_sharpe.as_ref()));
                    if sender.send(with_column(&batch, column, values)).is_err() {
                        // The other thread has failed and says why.
                        return Ok(());
                    }
                }
            }
            Ok(())
        };
        let read = read();
        drop(sender);
        let writer = encoding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // The file appears only if all of it was read.
        read?;
        writer?.finish()
    })
}

/// A batch with other values in one column.
fn with_column(batch: &RecordBatch, column: usize, values: ArrayRef) -> RecordBatch {
    let mut columns = batch.columns().to_vec();
    columns[column] = values;
    RecordBatch::try_new(batch.schema(), columns).expect("the values are of the column's type")
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
