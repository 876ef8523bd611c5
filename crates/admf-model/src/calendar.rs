//! How many bars a year has: the basis of every annualised number.

use crate::{Interval, Timestamp};

/// Bars per calendar year and where the number comes from (rule 19).
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Bars per year used to annualise.
    pub bars_per_year: f64,
    /// What was counted in the data: bars divided by the years they span.
    pub observed: f64,
}

/// Sessions per year of the conventions that an observation is matched to.
const SESSION_YEARS: [f64; 3] = [252.0, 260.0, 365.0];
/// Trading minutes per session: a US equity session, and round the clock.
const SESSION_MINUTES: [f64; 2] = [390.0, 1440.0];

impl Calendar {
    /// Derives the calendar from bar times: observed bars per year, replaced by a convention within 5 % of it (252,
    /// 260 or 365 sessions; intraday: sessions × bars per session; weekly 52). The nearest convention wins.
    /// `None` for fewer than two bars.
    pub fn derive(timestamps: &[Timestamp], interval: Interval) -> Option<Self> {
        const MICROS_PER_YEAR: f64 = 365.25 * 86_400e6;
        let (first, last) = (timestamps.first()?, timestamps.last()?);
        let span = (last.micros() - first.micros()) as f64;
        if span <= 0.0 {
            return None;
        }
        let observed = (timestamps.len() - 1) as f64 / (span / MICROS_PER_YEAR);
        let conventions = conventions(interval);
        let nearest = conventions
            .into_iter()
            .filter(|c| (observed / c - 1.0).abs() <= 0.05)
            .min_by(|a, b| (observed / a - 1.0).abs().total_cmp(&(observed / b - 1.0).abs()));
        Some(Self { bars_per_year: nearest.unwrap_or(observed), observed })
    }
}

fn conventions(interval: Interval) -> Vec<f64> {
    let days = interval.micros() as f64 / Interval::DAY.micros() as f64;
    if days >= 1.0 {
        let mut list: Vec<f64> = if days > 1.0 { Vec::new() } else { SESSION_YEARS.to_vec() };
        if days == 7.0 {
            list.push(52.0);
        }
        return list;
    }
    let minutes = interval.micros() as f64 / 60e6;
    let per_session = SESSION_MINUTES.map(|m| m / minutes);
    SESSION_YEARS.iter().flat_map(|year| per_session.map(|bars| year * bars)).collect()
}

#[cfg(test)]
mod tests;
