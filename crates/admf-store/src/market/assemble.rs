//! The rows of all files, put together into the bars of each symbol.

use super::error::MarketError;
use super::parse::{File, Row};
use super::reject::{Reason, Reject};
use admf_model::{Bars, Series, SeriesBuilder};
use std::collections::BTreeMap;
use std::mem;

/// The bars of all symbols, sorted by symbol, and the rows left out, by file and line.
pub(super) struct Assembled {
    pub(super) symbols: Vec<Bars>,
    pub(super) rejects: Vec<Reject>,
    /// Number of rejected rows of each file.
    pub(super) rejected: Vec<u64>,
}

/// A row and the index of its file.
type Placed = (usize, Row);
/// A rejected row: index of its file, line, reason.
type Rejected = (usize, u64, Reason);

/// Puts the rows of `files` together; `labels` names each for messages. The bars do not depend on the order of the
/// files or of their rows.
pub(super) fn assemble(labels: &[String], files: &mut [File]) -> Result<Assembled, MarketError> {
    let mut rejects: Vec<Rejected> = Vec::new();
    let mut symbols: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for (index, file) in files.iter_mut().enumerate() {
        rejects.extend(mem::take(&mut file.rejects).into_iter().map(|(line, reason)| (index, line, reason)));
        for (symbol, rows) in mem::take(&mut file.symbols) {
            symbols.entry(symbol).or_default().extend(rows.into_iter().map(|row| (index, row)));
        }
    }
    let mut bars = Vec::with_capacity(symbols.len());
    for (symbol, mut rows) in symbols {
        check_same_columns(&symbol, &rows, labels)?;
        rows.sort_by_key(|(file, row)| (row.time, *file, row.line));
        let rows = without_repetitions(&symbol, &rows, labels, &mut rejects);
        if !rows.is_empty() {
            bars.push(to_bars(&symbol, &rows)?);
        }
    }
    rejects.sort_by_key(|(file, line, _)| (*file, *line));
    let mut rejected = vec![0; files.len()];
    rejects.iter().for_each(|(file, ..)| rejected[*file] += 1);
    let name = |(file, line, reason): Rejected| Reject { file: labels[file].clone(), line, reason };
    Ok(Assembled { symbols: bars, rejects: rejects.into_iter().map(name).collect(), rejected })
}

/// A symbol spread over files must have the same prices in all of them: bars with gaps in their columns would be
/// tradable in some years only.
fn check_same_columns(symbol: &str, rows: &[Placed], labels: &[String]) -> Result<(), MarketError> {
    let shape = |(_, row): &Placed| (row.values.range.is_some(), row.values.adjusted_close.is_some());
    let Some(first) = rows.first() else { return Ok(()) };
    match rows.iter().find(|row| shape(row) != shape(first)) {
        None => Ok(()),
        Some(other) => Err(MarketError::UnequalColumns {
            symbol: symbol.to_owned(),
            first: labels[first.0].clone(),
            second: labels[other.0].clone(),
        }),
    }
}

/// Of rows with the same time and values the first stays; of rows that contradict each other, none: to choose one
/// would be a guess that depends on the order of the files.
fn without_repetitions(
    symbol: &str,
    rows: &[Placed],
    labels: &[String],
    rejects: &mut Vec<Rejected>,
) -> Vec<Row> {
    let mut kept = Vec::with_capacity(rows.len());
    for group in rows.chunk_by(|(_, a), (_, b)| a.time == b.time) {
        let (first_file, first) = &group[0];
        let agree = group.iter().all(|(_, row)| row.values == first.values);
        if agree {
            kept.push(*first);
        }
        for (file, row) in &group[usize::from(agree)..] {
            let (symbol, time) = (symbol.to_owned(), row.time);
            let reason = if agree {
                Reason::Repeated { symbol, time, first: (labels[*first_file].clone(), first.line) }
            } else {
                Reason::Contradicted { symbol, time, rows: group.len() }
            };
            rejects.push((*file, row.line, reason));
        }
    }
    kept
}

fn to_bars(symbol: &str, rows: &[Row]) -> Result<Bars, MarketError> {
    let column = |value: &dyn Fn(&Row) -> Option<f64>| -> Series {
        let mut builder = SeriesBuilder::with_capacity(rows.len());
        rows.iter().for_each(|row| builder.push(value(row)));
        builder.finish()
    };
    let price = |index: usize| column(&|row| row.values.range.map(|range| range[index]));
    let close = column(&|row| Some(row.values.close));
    let volume = column(&|row| row.values.volume);
    let times = rows.iter().map(|row| row.time).collect();
    let mut bars = Bars::new(symbol, times, [price(0), price(1), price(2), close, volume])?;
    if rows.iter().any(|row| row.values.adjusted_close.is_some()) {
        bars.adjustment = Some(column(&|row| Some(row.values.adjusted_close? / row.values.close)));
    }
    Ok(bars)
}
