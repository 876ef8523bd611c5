//! Probability that a Sharpe ratio is more than the best of as many attempts would show by luck.

use super::{expected_maximum_sharpe, probabilistic_sharpe};

/// What the attempts of a family say about luck (rules 25 and 26).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrialStatistics {
    /// Number of trials that made at least one trade.
    pub count: u64,
    /// Variance (n - 1) of their per-bar net Sharpe ratios; `None` for fewer than two.
    pub variance: Option<f64>,
    /// Sharpe ratio per bar that the best of them is expected to show by luck, never less than after any earlier
    /// round; `None` where no round had two trials that differ.
    pub expected_maximum: Option<f64>,
}

impl TrialStatistics {
    /// From the per-bar net Sharpe ratios of the trials, all finite, in the rounds in which they were made. The last
    /// bits depend on the order within a round.
    ///
    /// The maximum over more trials is never below the maximum over fewer of them, yet its estimate can be: a round of
    /// trials that are all alike lowers the variance. So the estimate of the first round, of the first two, and so on
    /// is each a lower bound, and the largest is taken.
    pub fn from_rounds<'a>(rounds: impl IntoIterator<Item = &'a [f64]>) -> Self {
        let mut statistics = Self::default();
        let (mut mean, mut squares) = (0.0, 0.0);
        for round in rounds {
            // Welford's recurrence: many ratios that hardly differ keep their variance, and equal ones have none.
            for sharpe in round {
                debug_assert!(sharpe.is_finite(), "an undefined ratio is no trial");
                statistics.count += 1;
                let deviation = sharpe - mean;
                mean += deviation / statistics.count as f64;
                squares += deviation * (sharpe - mean);
            }
            statistics.variance = (statistics.count > 1).then(|| squares / (statistics.count - 1) as f64);
            let pooled =
                statistics.variance.and_then(|variance| expected_maximum_sharpe(statistics.count, variance));
            // `None` is less than every number.
            if pooled > statistics.expected_maximum {
                statistics.expected_maximum = pooled;
            }
        }
        statistics
    }
}

/// Probability that the true Sharpe ratio exceeds the one expected of the best of all trials without skill.
///
/// The ratio is per bar and net, over `n` bars whose returns have this skewness and raw kurtosis. Bailey and López de
/// Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014.
///
/// `None` where no round of trials says what luck would show (rule 26), and where the probabilistic Sharpe ratio is.
pub fn deflated_sharpe(
    sharpe_per_bar: f64,
    n: u64,
    skewness: f64,
    kurtosis: f64,
    trials: &TrialStatistics,
) -> Option<f64> {
    probabilistic_sharpe(sharpe_per_bar, trials.expected_maximum?, n, skewness, kurtosis)
}

#[cfg(test)]
mod tests;
