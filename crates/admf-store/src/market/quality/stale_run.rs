//! Bars that repeat the one before without any trading.

use super::{Findings, Rule, Severity, View};
use admf_model::words::counted;

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

pub(super) fn find(view: &View<'_>, findings: &mut Findings) {
    let bars = view.bars;
    let has_volume = bars.volume.defined().count_ones() > 0;
    if bars.open.defined().count_ones() == 0 && !has_volume {
        return;
    }
    let close = bars.close.values();
    let repeats = |bar: usize| {
        if close[bar] != close[bar - 1] {
            return false;
        }
        let same = |series: &admf_model::Series| series.values()[bar] == series.values()[bar - 1];
        if has_volume {
            return bars.volume.get(bar).unwrap_or(0.0) == 0.0;
        }
        [&bars.open, &bars.high, &bars.low].into_iter().all(same)
    };
    let shortest = SHORTEST.max(usize::try_from(HOUR / view.interval.micros()).unwrap_or(SHORTEST));
    let mut start = 1;
    for bar in 1..=bars.len() {
        if bar < bars.len() && repeats(bar) {
            continue;
        }
        if bar - start >= shortest {
            let last = bars.timestamps()[bar - 1];
            let quiet = if has_volume { "without volume " } else { "" };
            let what = format!(
                "{} {quiet}repeat the close of {}, until {last}",
                counted(bar - start, "bar", "bars"),
                close[start]
            );
            findings.add(view.at(&RULE, start, what));
        }
        start = bar + 1;
    }
}
