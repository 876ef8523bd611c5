//! Probability that a Sharpe ratio is more than the best of as many attempts would show by luck.

use super::{expected_maximum_sharpe, probabilistic_sharpe};

/// What the attempts of a family say about luck (rules 25 and 26).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrialStatistics {
    /// Number of trials that made at least one trade.
    pub count: u64,
    /// Variance (n - 1) of their per-bar net Sharpe ratios; `None` for fewer than two.
    pub variance: Option<f64>,
}

impl TrialStatistics {
    /// From the per-bar net Sharpe ratios of the trials, all finite. The last bits depend on their order.
    pub fn from_sharpes(sharpes: impl IntoIterator<Item = f64>) -> Self {
        let (mut count, mut mean, mut squares) = (0_u64, 0.0, 0.0);
        // Welford's recurrence: a long list of ratios that hardly differ keeps its variance, and equal ones have none.
        for sharpe in sharpes {
            debug_assert!(sharpe.is_finite(), "an undefined ratio is no trial");
            count += 1;
            let deviation = sharpe - mean;
            mean += deviation / count as f64;
            squares += deviation * (sharpe - mean);
        }
        Self { count, variance: (count > 1).then(|| squares / (count - 1) as f64) }
    }
}

/// Probability that the true Sharpe ratio exceeds the one expected of the best of all trials without skill.
///
/// The ratio is per bar and net, over `n` bars whose returns have this skewness and raw kurtosis. Bailey and López de
/// Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014.
///
/// `None` for fewer than two trials or where they do not vary (rule 26), and where the probabilistic Sharpe ratio is.
pub fn deflated_sharpe(
    sharpe_per_bar: f64,
    n: u64,
    skewness: f64,
    kurtosis: f64,
    trials: &TrialStatistics,
) -> Option<f64> {
    let benchmark = expected_maximum_sharpe(trials.count, trials.variance?)?;
    probabilistic_sharpe(sharpe_per_bar, benchmark, n, skewness, kurtosis)
}

#[cfg(test)]
mod tests;
