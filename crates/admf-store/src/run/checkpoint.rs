//! Checkpoints: the parts of an unfinished run, `checkpoint/<number>/…`, each there completely or not at all.

use super::part;
use super::read::StrategyKey;
use crate::durable;
use crate::error::{Result, StoreError};
use crate::name::NameKind;
use crate::parquet_file;
use crate::plain_file;
use crate::record::Record;
use crate::tables::{ClassifierRow, LabelRow, RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};
use admf_model::StrategyId;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a run has to store since the last checkpoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Strategies; `deflated_sharpe` is filled when the run finishes.
    pub strategies: Vec<StrategyRow>,
    /// Their trades.
    pub trades: Vec<TradeRow>,
    /// Their signals by strategy type.
    pub signals: BTreeMap<String, Vec<SignalRow>>,
    /// Their results by regime.
    pub regime_performance: Vec<RegimePerformanceRow>,
    /// Classifiers.
    pub classifiers: Vec<ClassifierRow>,
    /// Their labels by classifier type.
    pub labels: BTreeMap<String, Vec<LabelRow>>,
}

/// How much room rows take in the files of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoredBytes {
    /// What their files take whatever they hold.
    pub files: u64,
    /// What the rows add.
    pub rows: u64,
}

impl Rows {
    /// Adds rows behind these.
    pub fn append(&mut self, mut rows: Self) {
        self.strategies.append(&mut rows.strategies);
        self.trades.append(&mut rows.trades);
        self.regime_performance.append(&mut rows.regime_performance);
        self.classifiers.append(&mut rows.classifiers);
        for (name, mut signals) in rows.signals {
            self.signals.entry(name).or_default().append(&mut signals);
        }
        for (name, mut labels) in rows.labels {
            self.labels.entry(name).or_default().append(&mut labels);
        }
    }

    /// How much room these rows would take, encoded in memory: nothing is written.
    pub fn stored_bytes(&self) -> Result<StoredBytes> {
        let mut bytes = StoredBytes::default();
        bytes.add(&self.strategies)?;
        bytes.add(&self.trades)?;
        bytes.add(&self.regime_performance)?;
        bytes.add(&self.classifiers)?;
        self.signals.values().try_for_each(|rows| bytes.add(rows))?;
        self.labels.values().try_for_each(|rows| bytes.add(rows))?;
        Ok(bytes)
    }
}

impl StoredBytes {
    fn add<R: Record>(&mut self, rows: &[R]) -> Result<()> {
        let file = parquet_file::encoded_size::<R>(&[])?;
        self.files += file;
        self.rows += parquet_file::encoded_size(rows)?.saturating_sub(file);
        Ok(())
    }
}

/// Writes one part durably.
pub(super) fn write(run: &Path, number: u32, rows: &Rows) -> Result<()> {
    let target = run.join(super::CHECKPOINT).join(name(number));
    let temporary = durable::temporary_sibling(&target);
    // What an earlier attempt left must not become part of this one.
    if plain_file::is_there(&temporary).map_err(StoreError::io("read", &temporary))? {
        fs::remove_dir_all(&temporary).map_err(StoreError::io("remove", &temporary))?;
    }
    let written = write_files(&temporary, number, rows).and_then(|()| durable::rename(&temporary, &target));
    if written.is_err() {
        // What failed is told; what is left takes room only.
        let _ = fs::remove_dir_all(&temporary);
    }
    written
}

fn write_files(folder: &Path, number: u32, rows: &Rows) -> Result<()> {
    durable::create_folders(folder)?;
    write_table(folder, &rows.strategies)?;
    write_table(folder, &rows.trades)?;
    write_table(folder, &rows.regime_performance)?;
    write_table(folder, &rows.classifiers)?;
    write_types(&folder.join("signals"), NameKind::Strategy, &rows.signals)?;
    write_types(&folder.join("classifiers"), NameKind::Classifier, &rows.labels)?;
    part::record(folder, number)?;
    durable::sync_folder(folder)
}

/// The name of a part's folder.
pub(super) fn name(number: u32) -> String {
    format!("{number:06}")
}

fn write_table<R: Record>(folder: &Path, rows: &[R]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    parquet_file::write_rows(&folder.join(format!("{}.parquet", R::table().name)), rows, &[])
}

fn write_types<R: Record>(folder: &Path, kind: NameKind, types: &BTreeMap<String, Vec<R>>) -> Result<()> {
    if types.is_empty() {
        return Ok(());
    }
    durable::create_folders(folder)?;
    for (name, rows) in types {
        let file = format!("{}.parquet", crate::name::check(kind, name)?);
        parquet_file::write_rows(&folder.join(file), rows, &[])?;
    }
    Ok(())
}

/// The parts of a run in the order of writing; what a killed process left unfinished is not among them.
pub(super) fn parts(run: &Path) -> Result<Vec<(u32, PathBuf)>> {
    let folder = run.join(super::CHECKPOINT);
    let number = |path: &Path| {
        let text = path.file_name()?.to_str()?;
        text.parse().ok().filter(|number| name(*number) == text)
    };
    let mut parts: Vec<(u32, PathBuf)> =
        children(&folder)?.into_iter().filter_map(|path| Some((number(&path)?, path))).collect();
    parts.sort();
    Ok(parts)
}

/// The last strategy in the first so many parts of a run; `None` where there is none.
pub(super) fn last_strategy(run: &Path, parts: u32) -> Result<Option<StrategyId>> {
    let parts = self::parts(run)?.into_iter().filter(|(number, _)| *number <= parts);
    let mut files = parts.map(|(_, part)| part.join("strategies.parquet")).filter(|file| file.exists());
    let Some(file) = files.next_back() else { return Ok(None) };
    let rows = parquet_file::read_some_columns::<StrategyKey>(&file, StrategyRow::table())?;
    Ok(rows.last().map(|row| row.strategy_id))
}

/// Everything in a folder, in no order; nothing where there is no folder.
pub(super) fn children(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io("read folder", folder)(e)),
    };
    entries.map(|entry| entry.map(|e| e.path()).map_err(StoreError::io("read folder", folder))).collect()
}
