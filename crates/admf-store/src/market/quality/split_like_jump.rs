//! A jump over night by the ratio of a split, where no adjusted prices tell.

use super::moves::{fraction, in_words, volume_multiple};
use super::split_ratio::{Among, near_split};
use super::{Finding, Rule, Severity, View};

pub(super) const RULE: Rule = Rule {
    name: "split_like_jump",
    severity: Severity::Flagged,
    finds: "an open at a small ratio of the last close, such as 2:1, in a series without adjusted prices",
    matters: "if it is a split, strategies would trade on a loss that nobody had; if it is not, the loss was real; prices \
              alone cannot tell",
    threshold: "open to last close within 3 % of n:1 (n up to 100) or 3:2, either way, and no unusual move within the \
                bar; closes alone where there is no open",
};

/// How far the open may be from the ratio.
pub(super) const TOLERANCE: f64 = 0.03;
/// Moves within the bar up to this, or six deviations, are usual on the day of a split.
const WITHIN: f64 = 0.12;
/// Volume of this many times the usual, beyond what the ratio itself brings, speaks of news.
const MUCH_VOLUME: f64 = 4.0;

pub(super) fn explain(view: &View<'_>, bar: usize) -> Option<Finding> {
    let bars = view.bars;
    if bars.adjustment.as_ref().is_some_and(|factor| factor.get(bar).is_some()) {
        return None;
    }
    let last = bars.close.values()[bar - 1];
    let first = bars.open.get(bar).unwrap_or(bars.close.values()[bar]);
    if last <= 0.0 || first <= 0.0 {
        return None;
    }
    let ratio = near_split(last / first, TOLERANCE, Among::Telling)?;
    let within = fraction(first, bars.close.values()[bar]).abs();
    if within > (6.0 * view.moves.scale(bar)).max(WITHIN) && bars.open.get(bar).is_some() {
        return None;
    }
    let fold = if first < last { last / first } else { first / last };
    let volume = volume_multiple(&bars.volume, bar).map_or_else(String::new, |multiple| {
        let news = if multiple > fold * MUCH_VOLUME { ", as after news" } else { "" };
        format!(", volume {multiple:.1} times its median{news}")
    });
    let what = format!(
        "the close {}; opened at 1/{:.3} of the last close: near {ratio}{volume}; no adjusted prices to tell a split",
        in_words(last, bars.close.values()[bar]),
        last / first
    );
    Some(view.at(&RULE, bar, what))
}
