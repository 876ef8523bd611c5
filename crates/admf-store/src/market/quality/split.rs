//! A jump of the price that the adjustment factor explains as a split.

use super::moves::in_words;
use super::split_ratio::{Among, near_split};
use super::{Finding, Rule, Severity, View};

pub(super) const RULE: Rule = Rule {
    name: "split",
    severity: Severity::Flagged,
    finds: "a jump of the close that the adjustment factor takes back, by a small ratio such as 2:1 or 3:2",
    matters: "a split and no loss: rules see it where a spec says `prices: raw`, and not with adjusted prices",
    threshold: "the factor jumps within 2 % of p:q (1.2 or more, either way), and the adjusted close moves as usual",
};

/// How far the factor may be from the ratio: a dividend may go with a split.
const TOLERANCE: f64 = 0.02;

pub(super) fn explain(view: &View<'_>, bar: usize) -> Option<Finding> {
    let factor = view.bars.adjustment.as_ref()?;
    let jump = factor.get(bar)? / factor.get(bar - 1)?;
    let ratio = near_split(jump, TOLERANCE, Among::All)?;
    if view.moves.is_extreme(view.moves.adjusted(bar)?, bar) {
        return None;
    }
    let close = view.bars.close.values();
    let adjusted = |bar: usize| close[bar] * factor.values()[bar];
    let what = format!(
        "the close {}: a {ratio} split, as the adjustment factor says (× {jump:.4}); the adjusted close {}",
        in_words(close[bar - 1], close[bar]),
        in_words(adjusted(bar - 1), adjusted(bar))
    );
    Some(view.at(&RULE, bar, what))
}
