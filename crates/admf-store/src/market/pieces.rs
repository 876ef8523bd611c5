//! The bars of symbols of which some have too many rows for the memory, one piece after the other.
//!
//! A piece is all rows of a symbol between two times, so that pieces need to know nothing of each other: rows are sorted,
//! and those of the same time compared, within it. Rows in the order of time are read once; rows in no order as often as
//! there are pieces.

use super::assemble::{Places, Told, bars_of, check_same_columns};
use super::draft::{Part, SpooledPart};
use super::error::MarketError;
use super::spool::Spool;
use super::symbols::Head;
use admf_model::{Bars, Timestamp};
use std::collections::VecDeque;

/// The rows of a symbol in one file.
pub(super) enum Rows {
    Held(Part),
    Spooled(SpooledPart),
}

impl Rows {
    fn times(&self) -> &[Timestamp] {
        match self {
            Self::Held(part) => &part.times,
            Self::Spooled(part) => &part.times,
        }
    }

    /// Whether there are the columns of a bar, and an adjusted close.
    pub(super) fn shape(&self) -> (bool, bool) {
        match self {
            Self::Held(part) => part.shape(),
            Self::Spooled(part) => part.segments.first().map_or((false, false), |segment| segment.shape()),
        }
    }
}

/// Bars of a symbol as far as they are known without their prices.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) symbol: String,
    pub(super) times: Vec<Timestamp>,
    pub(super) tradable: bool,
    pub(super) adjusted: bool,
    /// No close is zero or less.
    pub(super) positive: bool,
    /// Bars at which open, high, low, close, volume and adjustment are defined.
    pub(super) defined: [usize; 6],
}

impl Gathered {
    fn new(symbol: String) -> Self {
        Self { symbol, tradable: true, positive: true, ..Self::default() }
    }

    /// Of bars that were stored, of which only the symbol is known, and that any column may be there.
    pub(super) fn stored(symbol: &str) -> Self {
        Self { symbol: symbol.to_owned(), defined: [usize::MAX; 6], ..Self::default() }
    }

    pub(super) fn head(&self) -> Head<'_> {
        Head {
            symbol: &self.symbol,
            times: &self.times,
            tradable: self.tradable,
            adjusted: self.adjusted,
            positive: self.positive,
            has_open: self.defined[0] > 0,
            has_volume: self.defined[4] > 0,
        }
    }

    fn see(&mut self, bars: &Bars) {
        self.tradable &= bars.is_tradable();
        self.positive &= bars.close.values().iter().all(|close| *close > 0.0);
        self.adjusted |= bars.adjustment.is_some();
        let columns = [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume];
        for (count, column) in self.defined.iter_mut().zip(columns.into_iter().chain(&bars.adjustment)) {
            *count += column.defined().count_ones();
        }
    }
}

/// A symbol that is being read.
struct Current {
    parts: Vec<(usize, Rows)>,
    /// The rows are those of one file, in the order of time, none of them twice.
    is_ready: bool,
    /// Where the pieces after the first begin.
    cuts: VecDeque<Timestamp>,
    from: Option<Timestamp>,
    bars: Gathered,
    places: Places,
}

/// Hands out bars.
pub(super) struct Pieces<'a> {
    spool: &'a mut Spool,
    told: Told<'a>,
    /// The symbols that follow, sorted.
    rest: VecDeque<(String, Vec<(usize, Rows)>)>,
    current: Option<Current>,
    done: Vec<(Gathered, Places)>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(
        symbols: impl IntoIterator<Item = (String, Vec<(usize, Rows)>)>,
        spool: &'a mut Spool,
        told: Told<'a>,
    ) -> Self {
        Self { spool, told, rest: symbols.into_iter().collect(), current: None, done: Vec::new() }
    }

    /// Rows that are to be in memory at once.
    pub(super) fn at_once(&self) -> usize {
        self.spool.at_once()
    }

    /// The next bars, of the same symbol or of the next one; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Bars>, MarketError> {
        loop {
            let Some(current) = &mut self.current else {
                let Some((symbol, parts)) = self.rest.pop_front() else { return Ok(None) };
                check_same_columns(
                    &symbol,
                    parts.iter().map(|(file, rows)| (*file, rows.shape())),
                    self.told.labels,
                )?;
                self.current = Some(Current::new(symbol, parts, self.spool.at_once()));
                continue;
            };
            let to = current.cuts.pop_front();
            let parts = current.read(to, self.spool)?;
            let bars = bars_of(&current.bars.symbol, parts, &mut self.told)?;
            current.from = to;
            let bars = bars.map(|(bars, places)| {
                current.take(&bars, &places);
                bars
            });
            if to.is_none() {
                self.done.extend(
                    self.current.take().map(Current::finish).filter(|(bars, _)| !bars.times.is_empty()),
                );
            }
            if bars.is_some() {
                return Ok(bars);
            }
        }
    }

    /// What is known of all symbols, once there are no more pieces.
    pub(super) fn finish(self) -> Vec<(Gathered, Places)> {
        self.done
    }
}

impl Current {
    fn new(symbol: String, parts: Vec<(usize, Rows)>, at_once: usize) -> Self {
        let rises = |times: &[Timestamp]| times.windows(2).all(|pair| pair[0] < pair[1]);
        let is_ready = matches!(parts.as_slice(), [(_, rows)] if rises(rows.times()));
        let cuts = match parts.as_slice() {
            [(_, Rows::Spooled(part))] if is_ready => segment_starts(part),
            parts => even_cuts(parts, at_once),
        };
        let mut bars = Gathered::new(symbol);
        if !is_ready {
            bars.times.reserve_exact(parts.iter().map(|(_, rows)| rows.times().len()).sum());
        }
        Self { parts, is_ready, cuts, from: None, bars, places: Places::default() }
    }

    /// The rows from the last cut to the next one, of each file that has any.
    fn read(&self, to: Option<Timestamp>, spool: &mut Spool) -> Result<Vec<(usize, Part)>, MarketError> {
        let mut read = Vec::new();
        for (file, rows) in &self.parts {
            let times = rows.times();
            let at = |bound: Option<Timestamp>, none| {
                bound.map_or(none, |bound| times.partition_point(|t| *t < bound))
            };
            let is_within = |time: &Timestamp| {
                self.from.is_none_or(|from| *time >= from) && to.is_none_or(|to| *time < to)
            };
            let wanted: Vec<usize> = if self.is_ready {
                (at(self.from, 0)..at(to, times.len())).collect()
            } else {
                (0..times.len()).filter(|row| is_within(&times[*row])).collect()
            };
            if wanted.is_empty() {
                continue;
            }
            let mut part = match rows {
                Rows::Held(part) => part.pick(&wanted),
                Rows::Spooled(part) => part.pick(&wanted, spool)?,
            };
            part.times = wanted.iter().map(|row| times[*row]).collect();
            read.push((*file, part));
        }
        Ok(read)
    }

    fn take(&mut self, bars: &Bars, places: &Places) {
        if !self.is_ready {
            self.bars.times.extend_from_slice(bars.timestamps());
        }
        self.bars.see(bars);
        self.places.append(places);
    }

    fn finish(mut self) -> (Gathered, Places) {
        // Rows that are ready are bars as they stand: their times need not be in memory twice.
        if self.is_ready {
            self.bars.times = self.parts.pop().map_or_else(Vec::new, |(_, rows)| match rows {
                Rows::Held(part) => part.times,
                Rows::Spooled(part) => part.times,
            });
        }
        (self.bars, self.places)
    }
}

/// Where the segments after the first begin.
fn segment_starts(part: &SpooledPart) -> VecDeque<Timestamp> {
    let mut row = 0;
    let mut starts = VecDeque::new();
    for segment in &part.segments {
        starts.extend(part.times.get(row).filter(|_| row > 0 && segment.kept() > 0));
        row += segment.kept();
    }
    starts
}

/// Times that divide rows into pieces of about so many.
fn even_cuts(parts: &[(usize, Rows)], at_once: usize) -> VecDeque<Timestamp> {
    /// Of so many rows one is looked at.
    const SPARSE: usize = 256;
    let count: usize = parts.iter().map(|(_, rows)| rows.times().len()).sum();
    if count <= at_once {
        return VecDeque::new();
    }
    let sparse = SPARSE.min(at_once).max(1);
    let mut sample: Vec<Timestamp> =
        parts.iter().flat_map(|(_, rows)| rows.times().iter().step_by(sparse)).copied().collect();
    sample.sort_unstable();
    let mut cuts: VecDeque<Timestamp> =
        sample.iter().step_by((at_once / sparse).max(1)).skip(1).copied().collect();
    let mut before = None;
    cuts.retain(|cut| before.replace(*cut) != Some(*cut));
    cuts
}

impl SpooledPart {
    /// Some rows by their increasing indices, without their times.
    fn pick(&self, wanted: &[usize], spool: &mut Spool) -> Result<Part, MarketError> {
        let (mut first, mut from) = (0, 0);
        let mut picked: Option<Part> = None;
        for segment in &self.segments {
            let end = first + segment.kept();
            let to = from + wanted[from..].partition_point(|row| *row < end);
            if from < to {
                let part = spool.part(segment)?.without(&segment.faulty);
                let local: Vec<usize> = wanted[from..to].iter().map(|row| row - first).collect();
                let part = if local.len() == segment.kept() { part } else { part.pick(&local) };
                picked = Some(match picked {
                    None => part,
                    Some(before) => before.followed_by(part),
                });
            }
            (first, from) = (end, to);
        }
        Ok(picked.expect("some row is wanted, and every row is in a segment"))
    }
}
