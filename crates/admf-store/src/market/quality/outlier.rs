//! A move far beyond the usual ones.

use super::moves::{in_words, volume_multiple};
use super::split_like_jump::TOLERANCE;
use super::split_ratio::{Among, near_split};
use super::{Finding, Rule, Severity, View};

pub(super) const RULE: Rule = Rule {
    name: "outlier",
    severity: Severity::Flagged,
    finds: "a move of the close, adjusted where that is known, far beyond the usual ones",
    matters: "a misprint makes or breaks a backtest; a real crash does, too, and stays in the data",
    threshold: "10 robust deviations (1.4826 × median of absolute moves) and 10 % (3 % for bars shorter than a day); for \
                a move that the next bar takes back 6 deviations, 4 of the moves around it, and 5 % (1 %)",
};

/// A move by this factor, either way, makes one think of a split.
const LARGE: f64 = 1.3;

pub(super) fn explain(view: &View<'_>, bar: usize) -> Option<Finding> {
    let bars = view.bars;
    let (moves, close) = (&view.moves, bars.close.values());
    let size = moves.adjusted(bar).unwrap_or(moves.raw(bar));
    let spike = moves.comes_back(bar);
    if !spike && !moves.is_extreme(size, bar) {
        return None;
    }
    let (before, after) = (close[bar - 1], close[bar]);
    let move_ = if before > 0.0 && after > 0.0 {
        format!("the close {}", in_words(before, after))
    } else {
        format!("moved from {before} to {after}")
    };
    let sigmas = size.abs() / moves.scale(bar);
    let volume = volume_multiple(&bars.volume, bar)
        .map_or_else(String::new, |multiple| format!(", volume {multiple:.1} times its median"));
    let adjusted = match &bars.adjustment {
        Some(factor) if factor.get(bar).is_some() => {
            let jump = factor.values()[bar] / factor.values()[bar - 1];
            if (jump - 1.0).abs() < 1e-3 {
                "; the adjustment factor knows of no split".to_owned()
            } else {
                format!("; the adjustment factor (× {jump:.4}) does not explain it")
            }
        }
        _ => opening(view, bar),
    };
    let back = if spike { "; the next bar takes it back, as after a misprint" } else { "" };
    Some(view.at(&RULE, bar, format!("{move_}, {sigmas:.0} deviations{volume}{adjusted}{back}")))
}

/// What the open tells where no adjusted prices do.
fn opening(view: &View<'_>, bar: usize) -> String {
    let (Some(open), last) = (view.bars.open.get(bar), view.bars.close.values()[bar - 1]) else {
        return String::new();
    };
    let ratio = last / view.bars.close.values()[bar];
    let large = !(1.0 / LARGE..=LARGE).contains(&ratio);
    match near_split(last / open, TOLERANCE, Among::Telling) {
        None if large && open > 0.0 => {
            format!("; opened at 1/{:.3} of the last close, which is no ratio of a split", last / open)
        }
        _ => String::new(),
    }
}
