//! An adjustment factor that jumps where the price does not.

use super::moves::in_words;
use super::{Finding, Rule, Severity, View};

pub(super) const RULE: Rule = Rule {
    name: "factor_jump",
    severity: Severity::Flagged,
    finds: "an adjusted close that jumps while the close moves as usual",
    matters: "the adjustment factor is wrong or a day off: with adjusted prices, which are the default, strategies would \
              trade on a move that never was",
    threshold: "the adjusted close moves as an outlier, the close does not",
};

pub(super) fn explain(view: &View<'_>, bar: usize) -> Option<Finding> {
    let factor = view.bars.adjustment.as_ref()?;
    let (moves, close) = (&view.moves, view.bars.close.values());
    if !moves.is_extreme(moves.adjusted(bar)?, bar) || moves.is_extreme(moves.raw(bar), bar) {
        return None;
    }
    let adjusted = |bar: usize| close[bar] * factor.values()[bar];
    let what = format!(
        "the adjusted close {} while the close {}: the adjustment factor jumps from {:.4} to {:.4}",
        in_words(adjusted(bar - 1), adjusted(bar)),
        in_words(close[bar - 1], close[bar]),
        factor.values()[bar - 1],
        factor.values()[bar]
    );
    Some(view.at(&RULE, bar, what))
}
