//! How many bars a year has: the basis of every annualised number.

use crate::{Interval, Timestamp};

const DAY: i64 = 86_400_000_000;

/// Bars per calendar year and where the number comes from (rule 19).
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Bars per year used to annualise.
    pub bars_per_year: f64,
    /// What was counted in the data: bars divided by the years they span, without the time of holes.
    pub observed: f64,
}

/// Sessions per year of the conventions that an observation is matched to.
const SESSION_YEARS: [f64; 3] = [252.0, 260.0, 365.0];
/// Trading minutes per session: a US equity session, and round the clock.
const SESSION_MINUTES: [f64; 2] = [390.0, 1440.0];
/// Markets that pause are not closed for longer than this: China's Golden Week is eleven days.
const LONGEST_CLOSURE: i64 = 14 * DAY;

impl Calendar {
    /// Derives the calendar from bar times: observed bars per year, replaced by a convention within 5 % of it (252,
    /// 260 or 365 sessions; intraday: sessions × bars per session; weekly 52, monthly 12, quarterly 4). The nearest
    /// convention wins. Holes in the data, gaps longer than any pause of the market, count neither as bars nor as
    /// time. `None` for fewer than two bars.
    pub fn derive(timestamps: &[Timestamp], interval: Interval) -> Option<Self> {
        const MICROS_PER_YEAR: f64 = 365.25 * DAY as f64;
        let (first, last) = (timestamps.first()?, timestamps.last()?);
        let span = last.micros() - first.micros();
        if span <= 0 {
            return None;
        }
        let longest = longest_pause(timestamps, interval);
        let holes: Vec<i64> = gaps(timestamps).filter(|gap| *gap > longest).collect();
        let (bars, time) = (timestamps.len() - 1 - holes.len(), span - holes.iter().sum::<i64>());
        // Many long gaps that are most of the time are no holes: bars are that rare.
        let rare = holes.len() * 10 > timestamps.len() && time * 2 < span;
        let (bars, time) = if rare { (timestamps.len() - 1, span) } else { (bars, time) };
        let observed = bars as f64 / (time as f64 / MICROS_PER_YEAR);
        let nearest = conventions(timestamps, interval)
            .into_iter()
            .filter(|c| (observed / c - 1.0).abs() <= 0.05)
            .min_by(|a, b| (observed / a - 1.0).abs().total_cmp(&(observed / b - 1.0).abs()));
        Some(Self { bars_per_year: nearest.unwrap_or(observed), observed })
    }
}

fn gaps(timestamps: &[Timestamp]) -> impl Iterator<Item = i64> {
    timestamps.windows(2).map(|pair| pair[1].micros() - pair[0].micros())
}

/// The longest gap that a market makes by itself.
fn longest_pause(timestamps: &[Timestamp], interval: Interval) -> i64 {
    match interval.micros() {
        length if length > DAY => length + length / 2,
        _ if is_round_the_clock(timestamps, interval) => DAY,
        _ => LONGEST_CLOSURE,
    }
}

/// True for bars of at least two weeks that come on all days of the week and at all times of the day alike.
fn is_round_the_clock(timestamps: &[Timestamp], interval: Interval) -> bool {
    const HOUR: i64 = DAY / 24;
    let slot = interval.micros().clamp(HOUR, DAY);
    let (mut weekdays, mut slots) = ([0_usize; 7], vec![0_usize; (DAY / slot) as usize]);
    for time in timestamps.iter().map(|time| time.micros()) {
        weekdays[time.div_euclid(DAY).rem_euclid(7) as usize] += 1;
        if let Some(count) = slots.get_mut((time.rem_euclid(DAY) / slot) as usize) {
            *count += 1;
        }
    }
    let even = |counts: &[usize]| counts.iter().min() >= counts.iter().max().map(|most| most / 2).as_ref();
    let long = timestamps.first().zip(timestamps.last());
    long.is_some_and(|(a, b)| b.micros() - a.micros() >= 14 * DAY) && even(&weekdays) && even(&slots)
}

fn conventions(timestamps: &[Timestamp], interval: Interval) -> Vec<f64> {
    let days = interval.micros() as f64 / DAY as f64;
    if days > 1.0 {
        let months = interval.months().map(|months| 12.0 / f64::from(months));
        return months.or((days == 7.0).then_some(52.0)).into_iter().collect();
    }
    if days == 1.0 {
        return SESSION_YEARS.to_vec();
    }
    let minutes = interval.micros() as f64 / 60e6;
    let mut per_session = SESSION_MINUTES.map(|m| m / minutes).to_vec();
    per_session.extend(usual_session(timestamps));
    SESSION_YEARS.iter().flat_map(|year| per_session.iter().map(move |bars| year * bars)).collect()
}

/// Bars of most days that have any; none where days differ.
fn usual_session(timestamps: &[Timestamp]) -> Option<f64> {
    // A bar that closes at midnight is the last one of its day.
    let day = |time: &Timestamp| (time.micros() - 1).div_euclid(DAY);
    let mut lengths: Vec<usize> =
        timestamps.chunk_by(|a, b| day(a) == day(b)).map(<[Timestamp]>::len).collect();
    lengths.sort_unstable();
    let most = lengths.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    (most.len() * 2 > lengths.len()).then_some(most[0] as f64)
}

#[cfg(test)]
mod tests;
