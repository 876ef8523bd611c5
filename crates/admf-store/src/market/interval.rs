//! The length of a bar, seen from the gaps between bars.

use super::error::MarketError;
use super::parse::File;
use super::symbols::Head;
use admf_model::{Interval, Timestamp};
use std::collections::BTreeMap;

/// A symbol of fewer bars than this has too few gaps to speak against the others.
const FEW_BARS: usize = 3;

/// The interval that all symbols share: the most common gap of the symbol with the most bars.
pub(super) fn shared_interval(symbols: &[Head<'_>]) -> Result<Interval, MarketError> {
    let longest = longest(symbols).ok_or(MarketError::too_few_bars(None))?;
    let interval = most_common_gap(longest.times).ok_or_else(|| MarketError::too_few_bars(Some(longest)))?;
    for head in symbols.iter().filter(|head| head.times.len() >= FEW_BARS) {
        if let Some(other) = most_common_gap(head.times).filter(|gap| *gap != interval) {
            return Err(MarketError::Intervals {
                symbol: longest.symbol.to_owned(),
                interval,
                other_symbol: head.symbol.to_owned(),
                other,
            });
        }
    }
    Ok(interval)
}

/// Refuses files of one symbol of which one has longer bars than another, such as hours and days of a coin.
pub(super) fn check_files(labels: &[String], files: &[File]) -> Result<(), MarketError> {
    /// Rows of a file that tell its interval; an update of a few days over a holiday does not.
    const FEWEST: usize = 20;
    let gaps_of = |times: &[Timestamp], interval: Interval| {
        times
            .windows(2)
            .filter(|pair| (pair[1].micros() - pair[0].micros()).abs() == interval.micros())
            .count()
    };
    let mut known: BTreeMap<&str, (usize, Interval)> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        for (symbol, times) in file.times() {
            let in_order = times.is_sorted() || times.is_sorted_by(|a, b| a >= b);
            let several = files.iter().filter(|file| file.has_symbol(symbol)).count() > 1;
            if times.len() < FEWEST || !in_order || !several {
                continue;
            }
            let Some(interval) = most_common_gap(times) else { continue };
            // Bars at irregular times have no interval that could be another one.
            if gaps_of(times, interval) * 4 < times.len() * 3 {
                continue;
            }
            let (first, other) = *known.entry(symbol).or_insert((at, interval));
            if other != interval {
                let (file, other_file) = (labels[first].clone(), labels[at].clone());
                let (symbol, interval, other) = (symbol.clone(), other, interval);
                return Err(MarketError::FileIntervals { symbol, file, interval, other_file, other });
            }
        }
    }
    Ok(())
}

/// The symbol with the most bars; the first of several.
pub(super) fn longest<'a, 'b>(symbols: &'b [Head<'a>]) -> Option<&'b Head<'a>> {
    symbols.iter().rev().max_by_key(|head| head.times.len())
}

/// The gap between neighbouring bars that occurs most often; of several, the shortest.
pub(super) fn most_common_gap(times: &[Timestamp]) -> Option<Interval> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    // Most gaps repeat the one before: those are counted without a look into the map.
    let (mut last, mut run) = (0, 0);
    for pair in times.windows(2) {
        let gap = (pair[1].micros() - pair[0].micros()).abs();
        if gap != last {
            *counts.entry(last).or_default() += run;
            (last, run) = (gap, 0);
        }
        run += 1;
    }
    *counts.entry(last).or_default() += run;
    let (gap, _) = counts.into_iter().filter(|(gap, _)| *gap > 0).rev().max_by_key(|(_, count)| *count)?;
    Interval::from_micros(gap)
}

#[cfg(test)]
mod tests;
