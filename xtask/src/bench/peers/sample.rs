//! What repetitions of a task took.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Seconds of repetitions and the most memory that one of them needed above the data.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    seconds: Vec<f64>,
    peak_bytes: Option<u64>,
    details: Vec<Value>,
}

impl Sample {
    pub(super) fn push(&mut self, answer: &Value) -> Result<()> {
        self.seconds.push(answer["seconds"].as_f64().context("an answer without seconds")?);
        self.peak_bytes = self.peak_bytes.max(answer["peak_bytes"].as_u64());
        self.details.push(answer["details"].clone());
        Ok(())
    }

    pub(super) fn median(&self) -> f64 {
        median(self.seconds.clone())
    }

    /// The median of a number among the details.
    pub(super) fn detail(&self, name: &str) -> Option<f64> {
        let values: Option<Vec<f64>> = self.details.iter().map(|details| details[name].as_f64()).collect();
        values.filter(|values| !values.is_empty()).map(median)
    }

    /// The largest of a number among the details.
    pub(super) fn largest(&self, name: &str) -> Option<f64> {
        self.details.iter().filter_map(|details| details[name].as_f64()).max_by(f64::total_cmp)
    }

    pub(super) fn peak_bytes(&self) -> Option<u64> {
        self.peak_bytes
    }

    /// `12.3 ms (11.9 to 14.2, 15 times)`.
    pub(super) fn shown(&self) -> String {
        let (low, high) = self.spread();
        let times = self.seconds.len();
        if times == 1 {
            return format!("{} (once)", seconds(low));
        }
        format!("{} ({} to {}, {times} times)", seconds(self.median()), seconds(low), seconds(high))
    }

    pub(super) fn json(&self) -> Value {
        json!({"seconds": self.seconds, "peak_bytes": self.peak_bytes})
    }

    fn spread(&self) -> (f64, f64) {
        let low = self.seconds.iter().copied().fold(f64::INFINITY, f64::min);
        (low, self.seconds.iter().copied().fold(0.0, f64::max))
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[half - 1], values[half]) } else { values[half] }
}

/// `12.3 ms`: three digits.
pub(super) fn seconds(value: f64) -> String {
    let (number, unit) = match value {
        v if v >= 1.0 => (v, "s"),
        v if v >= 1e-3 => (v * 1e3, "ms"),
        v if v >= 1e-6 => (v * 1e6, "µs"),
        v => (v * 1e9, "ns"),
    };
    format!("{} {unit}", digits(number))
}

/// Three digits, all of a larger whole number: `1.23`, `12.3`, `1234`.
pub(super) fn digits(number: f64) -> String {
    let decimals = match number.abs() {
        n if n >= 100.0 => 0,
        n if n >= 10.0 => 1,
        _ => 2,
    };
    format!("{number:.decimals$}")
}

/// `64.0 MB`, in millions of bytes.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{} MB", digits(bytes as f64 / 1e6))
}

#[cfg(test)]
mod tests {
    use super::{Sample, digits, seconds};
    use serde_json::json;

    #[test]
    fn a_sample_tells_its_median_its_spread_and_its_peak() {
        let mut sample = Sample::default();
        for (seconds, peak) in [(0.020, 5), (0.010, 9), (0.040, 7)] {
            let details = json!({"strategies": seconds * 100.0});
            sample.push(&json!({"seconds": seconds, "peak_bytes": peak, "details": details})).unwrap();
        }
        assert_eq!(sample.shown(), "20.0 ms (10.0 ms to 40.0 ms, 3 times)");
        assert_eq!(sample.peak_bytes(), Some(9));
        assert_eq!(sample.detail("strategies"), Some(2.0));
        assert_eq!(sample.largest("strategies"), Some(4.0));
        assert_eq!(sample.detail("other"), None);
        sample.push(&json!({"seconds": 0.030})).unwrap();
        assert_eq!(sample.median(), 0.025);
        assert!(sample.push(&json!({})).is_err());
    }

    #[test]
    fn times_have_three_digits() {
        let shown = [1.5, 0.0123, 45e-6, 999e-9].map(seconds);
        assert_eq!(shown, ["1.50 s", "12.3 ms", "45.0 µs", "999 ns"]);
        assert_eq!(digits(1234.6), "1235");
    }
}
