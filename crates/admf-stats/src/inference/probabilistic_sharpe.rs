//! Probability that a true Sharpe ratio exceeds a benchmark.

use super::normal_cdf;
use crate::finite;

/// Probability that the true Sharpe ratio exceeds `benchmark`, given the one observed over `n` bars.
///
/// Φ((SR - SR*) √(n - 1) / √(1 - γ₃ SR + (γ₄ - 1) / 4 SR²)), both ratios per bar, γ₃ the skewness and γ₄ the raw
/// kurtosis (3 for normal returns) of bar returns. Bailey and López de Prado, The Sharpe Ratio Efficient Frontier,
/// Journal of Risk 15(2), 2012. It takes returns as independent of each other.
///
/// `None` for fewer than two bars, and where the estimator's variance is not positive: no sample has such moments,
/// except a sample of two values only.
pub fn probabilistic_sharpe(
    sharpe_per_bar: f64,
    benchmark: f64,
    n: u64,
    skewness: f64,
    kurtosis: f64,
) -> Option<f64> {
    let variance = 1.0 - skewness * sharpe_per_bar + (kurtosis - 1.0) / 4.0 * sharpe_per_bar * sharpe_per_bar;
    if n < 2 || variance <= 0.0 {
        return None;
    }
    let z = (sharpe_per_bar - benchmark) * ((n - 1) as f64 / variance).sqrt();
    finite(normal_cdf(z))
}

#[cfg(test)]
mod tests;
