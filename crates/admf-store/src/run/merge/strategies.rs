//! `strategies.parquet` from the parts of a run: what is encoded already is taken as it is, and the deflated Sharpe
//! ratio, which needs the trials of the whole run, is put in its place.

use super::having;
use crate::error::Result;
use crate::parquet_file::{self, EncodedGroups, GROUP_ROWS, ParquetBatches, SplicedWriter};
use crate::record::{Record, Scalar, record};
use crate::run::StrategyKey;
use crate::run::summary::{Ranking, SummaryFold};
use crate::tables::StrategyRow;
use admf_model::StrategyId;
use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

record! {
    /// What the deflated Sharpe ratio of a strategy is computed from. The columns are some of `strategies`.
    pub struct SharpeEvidence = "strategies" {
        /// The strategy.
        strategy_id: StrategyId,
        /// Annualised Sharpe ratio; undefined without variance.
        sharpe_ratio: Option<f64>,
        /// Of the returns.
        skewness: Option<f64>,
        /// Of the returns, 3 for normal ones.
        kurtosis: Option<f64>,
        /// Sharpe ratio per bar, not annualised.
        sharpe_per_bar: Option<f64>,
        /// Bars evaluated.
        evaluated_bars: i64,
    }
}

/// The deflated Sharpe ratio of a strategy, now that all trials are known.
pub(in crate::run) type Deflate<'a> = &'a dyn Fn(&SharpeEvidence) -> Option<f64>;

/// Writes the file and returns its number of rows; `summary` hears of every deflated Sharpe ratio.
pub(super) fn merge(
    run: &Path,
    parts: &[PathBuf],
    deflate: Deflate<'_>,
    summary: &mut SummaryFold,
) -> Result<u64> {
    let table = StrategyRow::table();
    let file = super::file_name(table.name);
    let column = table.schema().index_of("deflated_sharpe").expect("every metric is a column");
    let mut writer = SplicedWriter::for_table(&run.join(&file), table)?;
    let mut ranking = Ranking::default();
    let parts: Vec<PathBuf> = having(parts, &file).collect();
    for (at, part) in parts.iter().enumerate() {
        let values = deflated(part, deflate, &mut |id, value| {
            summary.push_deflated(value);
            if let Some(value) = value {
                ranking.push(value, id, || part.clone());
            }
        })?;
        let groups = EncodedGroups::open(part)?;
        let is_last = at + 1 == parts.len();
        let is_full = is_last || groups.rows().all(|rows| rows == GROUP_ROWS);
        if writer.is_between_groups() && is_full {
            let mut first = 0;
            for (group, rows) in groups.rows().enumerate() {
                writer.splice(&groups, group, (column, &values.slice(first, rows)))?;
                first += rows;
            }
        } else {
            let mut first = 0;
            for batch in ParquetBatches::open(part, table)? {
                let batch = batch?;
                writer.write(with_column(&batch, column, values.slice(first, batch.num_rows())))?;
                first += batch.num_rows();
            }
        }
    }
    rank(ranking, summary)?;
    writer.finish()
}

/// Tells the summary of the best, read from the parts that hold them.
fn rank(ranking: Ranking<PathBuf>, summary: &mut SummaryFold) -> Result<()> {
    let mut wanted: BTreeMap<PathBuf, BTreeMap<StrategyId, f64>> = BTreeMap::new();
    for (value, id, part) in ranking {
        wanted.entry(part).or_default().insert(id, value);
    }
    for (part, ids) in &wanted {
        let keys = parquet_file::read_some_columns::<StrategyKey>(part, StrategyRow::table())?;
        for key in keys {
            if let Some(value) = ids.get(&key.strategy_id) {
                summary.rank_deflated(*value, key);
            }
        }
    }
    Ok(())
}

/// The deflated Sharpe ratios of a part.
fn deflated(
    part: &Path,
    deflate: Deflate<'_>,
    each: &mut dyn FnMut(StrategyId, Option<f64>),
) -> Result<ArrayRef> {
    let evidence = parquet_file::read_some_columns::<SharpeEvidence>(part, StrategyRow::table())?;
    let values: Vec<Option<f64>> = evidence.iter().map(deflate).collect();
    evidence.iter().zip(&values).for_each(|(row, value)| each(row.strategy_id, *value));
    Ok(f64::array(values.iter().map(Option::as_ref)))
}

/// A batch with other values in one column.
fn with_column(batch: &RecordBatch, column: usize, values: ArrayRef) -> RecordBatch {
    let mut columns = batch.columns().to_vec();
    columns[column] = values;
    RecordBatch::try_new(batch.schema(), columns).expect("the values are of the column's type")
}

#[cfg(test)]
mod tests;
