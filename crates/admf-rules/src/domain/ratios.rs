//! Ranges in equal ratios, `5..500 log 8`: for lengths and thresholds of which nobody knows the order of magnitude.

use super::{MAX_VALUES, shown};
use crate::error::Problem;
use crate::numeral::Numeral;
use admf_model::ParameterValue;

/// Significant digits of the decimals between the ends: few enough to read, and the same on every machine.
const DIGITS: usize = 4;
/// Below 2^53 every whole double is an exact integer.
const EXACT: i128 = 1 << 53;

/// `count` values from `from` to `to`, each the same multiple of the one before; equal ones once. Whole numbers are
/// rounded to the nearest when both ends are whole, decimals to four significant digits. The ends are as typed.
pub(super) fn values(from: Numeral, to: Numeral, count: i128) -> Result<Vec<ParameterValue>, Problem> {
    let large = |n: Numeral| Problem::RatioTooLarge { value: shown(n) };
    if from.mantissa <= 0 {
        return Err(Problem::RatioFromZero { from: shown(from) });
    }
    let is_whole = from.is_whole && to.is_whole;
    let (first, last) = (from.value().ok_or_else(|| large(from))?, to.value().ok_or_else(|| large(to))?);
    if first > last {
        return Err(Problem::Descending { from: shown(from), to: shown(to) });
    }
    if is_whole && to.mantissa > EXACT {
        return Err(large(to));
    }
    let count = match usize::try_from(count.max(0)) {
        Ok(0 | 1) => return Err(Problem::FewRatios),
        Ok(n) if n <= MAX_VALUES => n,
        _ => return Err(Problem::TooManyValues { count: count.unsigned_abs(), limit: MAX_VALUES }),
    };
    let ratio = last / first;
    let between = |k: usize| {
        // Software power: the platform's own differs in the last bits.
        let value = first * libm::pow(ratio, k as f64 / (count - 1) as f64);
        let value = if is_whole { value.round() } else { rounded(value) };
        value.clamp(first, last)
    };
    let inner = (1..count - 1).map(between);
    let mut numbers: Vec<f64> = std::iter::once(first).chain(inner).chain([last]).collect();
    numbers.dedup();
    let parameter = |value: f64| {
        if is_whole { ParameterValue::Integer(value as i64) } else { ParameterValue::Number(value) }
    };
    Ok(numbers.into_iter().map(parameter).collect())
}

/// The double nearest to the decimal with [`DIGITS`] significant digits.
fn rounded(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests;
