//! Colours of charts: from the palette of Okabe and Ito (2008), which colour-blind readers can tell apart, on white.
//! Ordered labels differ in lightness too, so that they survive a black-and-white print.

use super::scene::Colour;

pub(super) const PAGE: Colour = 0xFF_FF_FF;
pub(super) const INK: Colour = 0x22_26_2B;
pub(super) const FAINT_INK: Colour = 0x5F_67_70;
pub(super) const GRID: Colour = 0xE6_E8_EB;
pub(super) const AXIS: Colour = 0xA6_AD_B5;
/// The strategy.
pub(super) const STRATEGY: Colour = 0x00_5A_9C;
/// Buying and holding.
pub(super) const BASELINE: Colour = 0x8C_93_9B;
pub(super) const DRAWDOWN: Colour = 0xD5_5E_00;
pub(super) const LONG: Colour = 0x56_B4_E9;
pub(super) const SHORT: Colour = 0xE6_9F_00;

/// Labels with a direction: blue is up, orange is down.
const DIRECTIONS: [(&str, Colour); 3] = [("UP", 0x4A_97_C9), ("DOWN", 0xE0_8A_3C), ("RANGE", 0xD3_D7_DB)];
/// Labels in order, from little to much.
const STEPS: [Colour; 4] = [0xDD_E7_F0, 0xA9_C4_DD, 0x64_93_C1, 0x23_4F_86];

/// The colour of a label.
pub(super) fn label(vocabulary: &[&str], label: &str) -> Colour {
    if let Some((_, colour)) = DIRECTIONS.iter().find(|(name, _)| *name == label) {
        return *colour;
    }
    let at = vocabulary.iter().position(|other| *other == label).unwrap_or(0);
    let last = vocabulary.len().saturating_sub(1).max(1);
    STEPS[(at * (STEPS.len() - 1) / last).min(STEPS.len() - 1)]
}
