//! How much memory correlations take, asked before any is taken.

use super::CorrelationsRequest;
use crate::WorkflowError;
use crate::memory;
use admf_model::words::{counted, grouped};

/// Bytes of a number.
const NUMBER: u64 = 8;
/// Bytes of a pair that is kept.
const PAIR: u64 = 16;
/// Series that are held a second time while they are evaluated.
const TWICE: u64 = 512;
/// Rows of correlations that wait to be seen, on every thread.
const ROWS: u64 = 16 * 48;

/// What is known before series are evaluated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// Bars of a series.
    pub(super) bars: u64,
    /// True when all pairs are kept, however many.
    pub(super) keeps_all: bool,
    /// Threads.
    pub(super) threads: u64,
}

impl Extent {
    /// Bytes for so many strategies, if no two of them do the same.
    pub(super) fn bytes(self, strategies: u64) -> u64 {
        let Self { bars, keeps_all, threads } = self;
        let pairs = strategies.saturating_mul(strategies.saturating_sub(1)) / 2;
        let series = (strategies + strategies.min(TWICE)).saturating_mul(bars).saturating_mul(NUMBER);
        let waiting = (ROWS * threads).min(strategies).saturating_mul(strategies).saturating_mul(NUMBER);
        let of_pair = NUMBER + if keeps_all { PAIR } else { 0 };
        series.saturating_add(waiting).saturating_add(pairs.saturating_mul(of_pair))
    }

    /// How many strategies fit.
    pub(super) fn fitting(self, bytes: u64) -> u64 {
        let (mut fits, mut too_many) = (0, 1 << 31);
        while too_many - fits > 1 {
            let middle = (fits + too_many) / 2;
            if self.bytes(middle) <= bytes { fits = middle } else { too_many = middle }
        }
        fits
    }
}

/// Refuses what does not fit.
///
/// # Errors
/// [`WorkflowError::Usage`] with the number of strategies that fit.
pub(super) fn check(
    request: &CorrelationsRequest,
    strategies: usize,
    bars: usize,
) -> Result<(), WorkflowError> {
    let threads = request.threads.or_else(|| std::thread::available_parallelism().ok());
    let extent = Extent {
        bars: bars as u64,
        keeps_all: request.limit.is_none(),
        threads: threads.map_or(1, |threads| threads.get() as u64),
    };
    let allowed = request.memory.unwrap_or_else(memory::share);
    let needed = extent.bytes(strategies as u64);
    if needed <= allowed {
        return Ok(());
    }
    let fitting = extent.fitting(allowed);
    let fewer = match fitting {
        0 | 1 => String::new(),
        n => format!("`--strategies {n}` compares the {} with the highest Sharpe ratios; ", grouped(n)),
    };
    Err(WorkflowError::Usage {
        message: format!(
            "correlations of {} over {} need up to {} of memory, and {} may be taken",
            counted(strategies, "strategy", "strategies"),
            counted(bars, "bar", "bars"),
            memory::size(needed),
            memory::size(allowed)
        ),
        help: Some(format!("{fewer}`--memory {}GB` allows it", needed.div_ceil(1_000_000_000))),
    })
}

#[cfg(test)]
mod tests {
    use super::Extent;

    #[test]
    fn what_fits_is_the_most_that_does() {
        for (bars, keeps_all) in [(3270, false), (524_160, false), (1, true)] {
            let extent = Extent { bars, keeps_all, threads: 2 };
            for bytes in [1 << 20, 4 << 30, 64 << 30_u64] {
                let n = extent.fitting(bytes);
                assert!(
                    extent.bytes(n) <= bytes && extent.bytes(n + 1) > bytes,
                    "{bars} bars, {bytes} bytes: {n}"
                );
            }
        }
    }

    #[test]
    fn the_parts_of_a_large_run_add_up() {
        // 10,000 series of a year of minutes, half of the square of 10,000, and 1,536 rows of it.
        let extent = Extent { bars: 100_000, keeps_all: false, threads: 2 };
        let expected = 10_512 * 100_000 * 8 + 10_000 * 9_999 / 2 * 8 + 1_536 * 10_000 * 8;
        assert_eq!(extent.bytes(10_000), expected);
        let all = Extent { keeps_all: true, ..extent };
        assert_eq!(all.bytes(10_000) - extent.bytes(10_000), 10_000 * 9_999 / 2 * 16);
    }
}
