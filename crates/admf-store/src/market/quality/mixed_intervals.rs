//! Bars of another length within one symbol, such as years of days before hours.

use super::{Clock, Findings, Rule, Severity};
use crate::market::interval::most_common_gap;
use admf_model::words::counted;
use admf_model::{Interval, Timestamp};
use std::ops::Range;

pub(super) const RULE: Rule = Rule {
    name: "mixed_intervals",
    severity: Severity::Flagged,
    finds: "a stretch of bars longer or shorter than the others of its symbol, such as days before hours",
    matters: "indicators count bars and annualised numbers rest on their length: neither means anything where it changes; \
              import the stretches under two names",
    threshold: "20 bars in a row at least twice as far apart as usual, 10 where it is six times, most of them equally far; \
                or 3 in a row at most half as far apart",
};

/// Bars of another length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The bars that come at that distance from the one before.
    pub(crate) bars: Range<usize>,
    /// The most common distance.
    pub(crate) interval: Interval,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Distance {
    Shorter,
    Usual,
    Longer,
}

/// Stretches of bars that are not of the usual length, in the order of time.
pub(crate) fn stretches(times: &[Timestamp], usual: Interval) -> Vec<Stretch> {
    let distance = |bar: usize| match times[bar].micros() - times[bar - 1].micros() {
        gap if gap >= 2 * usual.micros() => Distance::Longer,
        gap if 2 * gap <= usual.micros() => Distance::Shorter,
        _ => Distance::Usual,
    };
    let mut found = Vec::new();
    let mut start = 1;
    while start < times.len() {
        let kind = distance(start);
        let end = (start + 1..times.len()).find(|bar| distance(*bar) != kind).unwrap_or(times.len());
        if kind != Distance::Usual {
            found.extend(stretch(times, start..end, kind, usual));
        }
        start = end;
    }
    found
}

fn stretch(times: &[Timestamp], bars: Range<usize>, kind: Distance, usual: Interval) -> Option<Stretch> {
    // Cheap first: most of these are a night or a weekend.
    const FEWEST: usize = 3;
    if bars.len() < FEWEST {
        return None;
    }
    let interval = most_common_gap(&times[bars.start - 1..bars.end])?;
    // Where little is traded any bar may be missing, and several in a row now and then: those are not equally far apart.
    let alike =
        bars.clone().filter(|bar| times[*bar].micros() - times[bar - 1].micros() == interval.micros());
    let fewest = match interval.micros() / usual.micros() {
        _ if kind == Distance::Shorter => FEWEST,
        0..6 => 20,
        _ => 10,
    };
    (bars.len() >= fewest && alike.count() * 5 >= bars.len() * 3).then_some(Stretch { bars, interval })
}

/// The longest run of bars that are of the usual length.
pub(crate) fn longest_unmixed(count: usize, stretches: &[Stretch]) -> Range<usize> {
    let starts = std::iter::once(0).chain(stretches.iter().map(|stretch| stretch.bars.end - 1));
    let ends = stretches.iter().map(|stretch| stretch.bars.start).chain([count]);
    starts.zip(ends).map(|(start, end)| start..end).max_by_key(Range::len).unwrap_or(0..count)
}

pub(super) fn find(clock: &Clock<'_>, findings: &mut Findings) {
    let times = clock.times;
    for Stretch { bars, interval } in &clock.stretches {
        let what = format!(
            "{} until {} come every {interval}, the others every {}",
            counted(bars.len(), "bar", "bars"),
            times[bars.end - 1],
            clock.interval
        );
        findings.add(clock.at(&RULE, bars.start, what));
    }
}

#[cfg(test)]
mod tests;
