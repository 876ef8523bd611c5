//! The rules that bars are checked by: a registry, one file each.
//!
//! What a rule *rejects* is a row of a file that cannot be a bar: it is left out and listed. What a rule *flags* is a
//! bar that can be true and rarely is: it is stored as it stood, counted and listed. Nothing is repaired.

mod broken_row;
mod contradicting_rows;
mod disorder;
mod factor_jump;
mod gap;
mod high_below_low;
mod missing_price;
pub(super) mod mixed_intervals;
mod moves;
mod negative_price;
mod negative_volume;
mod no_symbol;
mod not_a_date;
mod not_a_number;
mod outlier;
mod outside_range;
mod repeated_row;
mod skipped_time;
mod split;
mod split_like_jump;
mod split_ratio;
mod stale_run;
mod zero_price;

use super::error::MarketError;
use super::reject::Reason;
use super::symbols::{Head, Symbols};
use admf_model::{Bars, Interval, Timestamp};
use mixed_intervals::{Stretch, stretches};
use moves::{Moves, Usual};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// Findings of one rule that are kept one by one; all are counted.
const LISTED: usize = 10_000;

/// A rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What becomes of what it finds.
    pub severity: Severity,
    /// What it finds.
    pub finds: &'static str,
    /// Why that matters.
    pub matters: &'static str,
    /// From where on.
    pub threshold: &'static str,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is no bar and is left out.
    Rejected,
    /// The bar is stored as it stood, and said.
    Flagged,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Rejected => "rejected",
            Self::Flagged => "flagged",
        })
    }
}

/// All rules, those that reject first.
pub const RULES: [&Rule; 21] = [
    &high_below_low::RULE,
    &outside_range::RULE,
    &negative_price::RULE,
    &zero_price::RULE,
    &missing_price::RULE,
    &negative_volume::RULE,
    &not_a_number::RULE,
    &not_a_date::RULE,
    &skipped_time::RULE,
    &broken_row::RULE,
    &no_symbol::RULE,
    &contradicting_rows::RULE,
    &repeated_row::RULE,
    &disorder::RULE,
    &mixed_intervals::RULE,
    &gap::RULE,
    &stale_run::RULE,
    &split::RULE,
    &split_like_jump::RULE,
    &factor_jump::RULE,
    &outlier::RULE,
];

impl Reason {
    /// The rule that rejects for this reason.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::FieldCount { .. } | Self::NotUtf8 => &broken_row::RULE,
            Self::NotADate { .. } => &not_a_date::RULE,
            Self::SkippedTime { .. } => &skipped_time::RULE,
            Self::NoSymbol => &no_symbol::RULE,
            Self::Missing { .. } => &missing_price::RULE,
            Self::NotANumber { .. } | Self::Grouped { .. } => &not_a_number::RULE,
            Self::NegativePrice { .. } => &negative_price::RULE,
            Self::ZeroPrice { .. } => &zero_price::RULE,
            Self::NegativeVolume { .. } => &negative_volume::RULE,
            Self::HighBelowLow { .. } => &high_below_low::RULE,
            Self::OutsideRange { .. } => &outside_range::RULE,
            Self::Contradicted { .. } => &contradicting_rows::RULE,
        }
    }
}

/// What a rule flagged.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The symbol; empty where it is about a file.
    pub symbol: String,
    /// Time of the bar.
    pub time: Option<Timestamp>,
    /// Index of the bar in its symbol.
    pub bar: Option<usize>,
    /// File and line, where the bar was read just now.
    pub place: Option<(String, u64)>,
    /// What it is.
    pub what: String,
}

/// How often a rule flagged bars of a symbol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagCount {
    /// Name of the rule.
    pub rule: String,
    /// The symbol; empty where it is about a file.
    pub symbol: String,
    /// How often.
    pub count: u64,
}

/// All that was flagged: counted, and listed up to a bound for each rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    counts: BTreeMap<(usize, String), u64>,
    listed: Vec<Finding>,
}

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        let rule = RULES.iter().position(|rule| rule.name == finding.rule.name).unwrap_or(RULES.len());
        let of_rule: u64 =
            self.counts.range((rule, String::new())..(rule + 1, String::new())).map(|(_, n)| n).sum();
        *self.counts.entry((rule, finding.symbol.clone())).or_default() += 1;
        if of_rule < LISTED as u64 {
            self.listed.push(finding);
        }
    }

    /// A row of a file that repeats another one.
    pub(super) fn add_repetition(
        &mut self,
        symbol: &str,
        time: Timestamp,
        place: (String, u64),
        first: &(String, u64),
    ) {
        self.add(repeated_row::finding(symbol, time, place, first));
    }

    /// Rows of a file in no order.
    pub(super) fn add_disorder(&mut self, file: &str, first: u64, rows: u64) {
        self.add(disorder::finding(file, first, rows));
    }

    /// Takes over what was found in bars, with the places where they were read.
    pub(super) fn extend_placed(
        &mut self,
        others: &Self,
        place: impl Fn(&str, usize) -> Option<(String, u64)>,
    ) {
        others.counts.iter().for_each(|(key, count)| *self.counts.entry(key.clone()).or_default() += count);
        self.listed.extend(others.listed.iter().map(|finding| {
            let place = finding.bar.and_then(|bar| place(&finding.symbol, bar));
            Finding { place, ..finding.clone() }
        }));
    }

    /// How often each rule flagged bars of each symbol, in the order of the rules.
    pub fn counts(&self) -> Vec<FlagCount> {
        let count = |((rule, symbol), count): (&(usize, String), &u64)| FlagCount {
            rule: RULES.get(*rule).map_or("", |rule| rule.name).to_owned(),
            symbol: symbol.clone(),
            count: *count,
        };
        self.counts.iter().map(count).collect()
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The findings one by one, by rule, symbol and time; of each rule the first ten thousand.
    pub fn listed(&self) -> Vec<&Finding> {
        let mut listed: Vec<&Finding> = self.listed.iter().collect();
        let rule = |finding: &Finding| RULES.iter().position(|rule| rule.name == finding.rule.name);
        listed.sort_by(|a, b| (rule(a), &a.symbol, a.time).cmp(&(rule(b), &b.symbol, b.time)));
        listed
    }
}

/// The times of one symbol's bars as rules see them.
struct Clock<'a> {
    head: Head<'a>,
    times: &'a [Timestamp],
    interval: Interval,
    bars_per_year: f64,
    peers: &'a gap::Peers,
    stretches: Vec<Stretch>,
}

impl Clock<'_> {
    /// True for a bar of another length than the others, whose distance from the one before is no gap.
    fn is_mixed(&self, bar: usize) -> bool {
        let after = self.stretches.partition_point(|stretch| stretch.bars.end <= bar);
        self.stretches.get(after).is_some_and(|stretch| stretch.bars.contains(&bar))
    }

    /// A finding about a bar.
    fn at(&self, rule: &'static Rule, bar: usize, what: String) -> Finding {
        let (symbol, time) = (self.head.symbol.to_owned(), Some(self.times[bar]));
        Finding { rule, symbol, time, bar: Some(bar), place: None, what }
    }
}

/// Some of one symbol's bars as rules see them, with their moves.
struct View<'a> {
    clock: &'a Clock<'a>,
    bars: &'a Bars,
    /// Which bar of the symbol the first of them is.
    first: usize,
    moves: Moves,
}

impl View<'_> {
    /// A finding about a bar, which is counted among those that are seen.
    fn at(&self, rule: &'static Rule, bar: usize, what: String) -> Finding {
        self.clock.at(rule, self.first + bar, what)
    }
}

/// Checks bars; `findings` may hold what was found when they were read.
pub(super) fn inspect(
    symbols: &Symbols,
    heads: &[Head<'_>],
    interval: Interval,
    bars_per_year: f64,
    findings: &mut Findings,
) -> Result<(), MarketError> {
    let peers = gap::Peers::of(heads, interval);
    for (index, head) in heads.iter().enumerate() {
        let stretches = stretches(head.times, interval);
        let clock =
            Clock { head: *head, times: head.times, interval, bars_per_year, peers: &peers, stretches };
        mixed_intervals::find(&clock, findings);
        gap::find(&clock, findings);
        let (usual, mut all) = Usual::of(symbols, index, head, interval)?;
        let mut stale = stale_run::Runs::new(&clock);
        symbols.windows(index, &mut |window| {
            stale.see(&clock, &window, findings);
            let moves = all.take().unwrap_or_else(|| Moves::of(window.bars, head, interval, usual));
            let view = View { clock: &clock, bars: window.bars, first: window.first, moves };
            jumps(&view, window.core, findings);
        })?;
        stale.end(&clock, head.times.len(), findings);
    }
    Ok(())
}

/// Every large move is explained once: by a split, as one that may be a split, by a wrong factor, or not at all.
fn jumps(view: &View<'_>, core: Range<usize>, findings: &mut Findings) {
    for bar in core {
        if view.first + bar == 0 || !view.moves.is_notable(bar) {
            continue;
        }
        let rules = [split::explain, split_like_jump::explain, factor_jump::explain, outlier::explain];
        if let Some(finding) = rules.into_iter().find_map(|explain| explain(view, bar)) {
            findings.add(finding);
        }
    }
}

#[cfg(test)]
mod tests;
