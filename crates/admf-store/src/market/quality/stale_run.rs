//! Bars that repeat the one before without any trading.

use super::{Clock, Findings, Rule, Severity};
use crate::market::symbols::{Head, Window};
use admf_model::words::counted;
use admf_model::{Bars, Series};

pub(super) const RULE: Rule = Rule {
    name: "stale_run",
    severity: Severity::Flagged,
    finds: "bars in a row with the same close and no volume; without a volume column, with the same four prices",
    matters: "a source fills days without trading with the last price: returns of zero make risk look small, and orders \
              would be filled where nobody traded",
    threshold: "5 bars, and one hour for shorter bars; a series of closes alone may stand still and is not checked",
};

const SHORTEST: usize = 5;
const HOUR: i64 = 3_600_000_000;

/// Bars that repeat the one before, as far as they have been seen.
pub(super) struct Runs {
    shortest: usize,
    /// No bar repeats another one where nothing tells that it was not traded.
    is_checked: bool,
    has_volume: bool,
    /// The first bar that repeats the one before, and its close.
    run: Option<(usize, f64)>,
}

impl Runs {
    pub(super) fn new(clock: &Clock<'_>) -> Self {
        let Head { has_open, has_volume, .. } = clock.head;
        let an_hour = usize::try_from(HOUR / clock.interval.micros()).unwrap_or(SHORTEST);
        Self { shortest: SHORTEST.max(an_hour), is_checked: has_open || has_volume, has_volume, run: None }
    }

    /// Takes the bars of a window.
    pub(super) fn see(&mut self, clock: &Clock<'_>, window: &Window<'_>, findings: &mut Findings) {
        if !self.is_checked {
            return;
        }
        let bars = window.bars;
        for bar in window.core.clone() {
            let at = window.first + bar;
            if at > 0 && self.repeats(bars, bar) {
                self.run.get_or_insert((at, bars.close.values()[bar]));
            } else {
                self.end(clock, at, findings);
            }
        }
    }

    fn repeats(&self, bars: &Bars, bar: usize) -> bool {
        let same = |series: &Series| series.values()[bar] == series.values()[bar - 1];
        if !same(&bars.close) {
            return false;
        }
        if self.has_volume {
            return bars.volume.get(bar).unwrap_or(0.0) == 0.0;
        }
        [&bars.open, &bars.high, &bars.low].into_iter().all(same)
    }

    /// Tells of bars before this one.
    pub(super) fn end(&mut self, clock: &Clock<'_>, bar: usize, findings: &mut Findings) {
        let Some((start, close)) = self.run.take().filter(|(start, _)| bar - start >= self.shortest) else {
            return;
        };
        let last = clock.times[bar - 1];
        let quiet = if self.has_volume { "without volume " } else { "" };
        let count = counted(bar - start, "bar", "bars");
        let what = format!("{count} {quiet}repeat the close of {close}, until {last}");
        findings.add(clock.at(&RULE, start, what));
    }
}
