//! Prices that both programs read: the sample in the repository and files made once.

use super::places;
use crate::project;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// 5,031 daily bars of the S&P 500.
pub(super) fn sample() -> PathBuf {
    project::root().join("fixtures").join("market").join("arch_sp500.csv.gz")
}

/// A walk of so many minutes, always the same, around the clock so that no minute is missing.
pub(super) fn minutes(bars: usize) -> Result<PathBuf> {
    let path = places::cache()?.join(format!("minutes-{bars}.csv"));
    if !path.is_file() {
        let staging = path.with_extension(format!("csv-{}", std::process::id()));
        write(&staging, bars).with_context(|| format!("cannot write {}", staging.display()))?;
        fs::rename(&staging, &path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(path)
}

fn write(path: &Path, bars: usize) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut state = 42_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    writeln!(file, "Date,Open,High,Low,Close,Volume")?;
    let mut price = 1000.0;
    for minute in 0..bars {
        let open = price;
        let close = open * (1.0 + 0.004 * (uniform() - 0.5));
        let high = open.max(close) * (1.0 + 0.001 * uniform());
        let low = open.min(close) * (1.0 - 0.001 * uniform());
        let volume = (uniform() * 1e5) as u64 + 1;
        writeln!(file, "{},{open:.6},{high:.6},{low:.6},{close:.6},{volume}", stamp(minute))?;
        price = close;
    }
    file.flush()?;
    Ok(())
}

/// `2000-01-01 00:00:00` and so many minutes.
fn stamp(minute: usize) -> String {
    let (mut day, minute) = (minute / 1440, minute % 1440);
    let (mut year, mut month) = (2000, 0);
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = if month == 1 && leap { 29 } else { DAYS[month] };
        if day < days {
            return format!(
                "{year}-{:02}-{:02} {:02}:{:02}:00",
                month + 1,
                day + 1,
                minute / 60,
                minute % 60
            );
        }
        day -= days;
        (year, month) = (year + (month + 1) / 12, (month + 1) % 12);
    }
}

/// Days of the months of a common year.
const DAYS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn stamps_increase_and_stay_in_the_calendar() {
        assert_eq!(stamp(0), "2000-01-01 00:00:00");
        assert_eq!(stamp(31 * 1440 - 1), "2000-01-31 23:59:00");
        assert_eq!(stamp(59 * 1440), "2000-02-29 00:00:00");
        assert_eq!(stamp(366 * 1440 + 61), "2001-01-01 01:01:00");
    }
}
