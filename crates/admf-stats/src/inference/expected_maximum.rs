//! The Sharpe ratio that the best of many worthless strategies is expected to show.

use super::normal_quantile;
use crate::finite;
use std::f64::consts::{E, EULER_GAMMA};

/// Expected maximum of the Sharpe ratios of `trials` independent strategies without skill, whose ratios vary with
/// `variance` (per bar or per year; the result is in the same unit).
///
/// √V ((1 - γ) Φ⁻¹(1 - 1/N) + γ Φ⁻¹(1 - 1/(N e))), γ the Euler-Mascheroni constant. Bailey and López de Prado, The
/// Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014. Trials that resemble each other
/// count in full, which makes the result too high rather than too low.
///
/// `None` for fewer than two trials or no variance (rule 26).
pub fn expected_maximum_sharpe(trials: u64, variance: f64) -> Option<f64> {
    if trials < 2 || variance <= 0.0 {
        return None;
    }
    let n = trials as f64;
    // Φ⁻¹(1 - p) = -Φ⁻¹(p), which keeps its digits where N is large.
    let typical = -normal_quantile(1.0 / n)?;
    let rarer = -normal_quantile(1.0 / (n * E))?;
    finite(variance.sqrt() * ((1.0 - EULER_GAMMA) * typical + EULER_GAMMA * rarer))
}

#[cfg(test)]
mod tests;
