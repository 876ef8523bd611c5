//! Sessions or bars that are missing.

use super::{Clock, Findings, Rule, Severity};
use crate::market::symbols::Head;
use admf_model::Interval;
use admf_model::words::counted;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "gap",
    severity: Severity::Flagged,
    finds: "sessions or bars that should be there, by the calendar, by the other symbols, or by the other days",
    matters: "a return over a gap counts as the return of one bar, and indicators take fewer bars for more time",
    threshold: "days: any day of a calendar of 365, 2 weekdays in a row of 260, 3 of 252, or any session that more than \
                half of at least two other symbols have; shorter bars: any bar round the clock, else bars missing \
                within a UTC day but for breaks that a tenth of the days have; longer bars: half a bar",
};

const DAY: i64 = 86_400_000_000;
/// Other symbols that must cover a day before they tell that it was a session.
const FEWEST_PEERS: u32 = 2;

/// How many symbols have a bar on each day, and how many cover it.
pub(super) struct Peers {
    first: i64,
    has: Vec<u32>,
    covers: Vec<u32>,
}

impl Peers {
    /// Of symbols with daily bars; nothing for others.
    pub(super) fn of(symbols: &[Head<'_>], interval: Interval) -> Self {
        let days =
            |head: &Head<'_>| head.times.iter().map(|t| t.micros().div_euclid(DAY)).collect::<Vec<_>>();
        let first = symbols.iter().filter_map(|head| head.times.first()).min();
        let last = symbols.iter().filter_map(|head| head.times.last()).max();
        let (Some(first), Some(last), true) = (first, last, interval == Interval::DAY && symbols.len() > 2)
        else {
            return Self { first: 0, has: Vec::new(), covers: Vec::new() };
        };
        let first = first.micros().div_euclid(DAY);
        let length = usize::try_from(last.micros().div_euclid(DAY) - first + 1).unwrap_or(0);
        let mut peers = Self { first, has: vec![0; length], covers: vec![0; length] };
        for head in symbols {
            let days = days(head);
            let (Some(start), Some(end)) = (days.first(), days.last()) else { continue };
            days.iter().for_each(|day| peers.has[(day - first) as usize] += 1);
            (*start..=*end).for_each(|day| peers.covers[(day - first) as usize] += 1);
        }
        peers
    }

    /// True when a day on which one of the covering symbols has no bar was a session for most others.
    fn is_session(&self, day: i64) -> bool {
        let at = usize::try_from(day - self.first).unwrap_or(usize::MAX);
        let (Some(has), Some(covers)) = (self.has.get(at), self.covers.get(at)) else { return false };
        let others = covers.saturating_sub(1);
        others >= FEWEST_PEERS && has * 2 > others
    }
}

pub(super) fn find(clock: &Clock<'_>, findings: &mut Findings) {
    if clock.interval == Interval::DAY {
        find_days(clock, findings);
    } else if clock.interval.is_daily_or_longer() {
        find_longer(clock, findings);
    } else {
        find_short(clock, findings);
    }
}

fn find_days(clock: &Clock<'_>, findings: &mut Findings) {
    let (every_day, shortest) = match clock.bars_per_year {
        year if year >= 300.0 => (true, 1),
        year if year >= 256.0 => (false, 2),
        _ => (false, 3),
    };
    let days: Vec<i64> = clock.times.iter().map(|t| t.micros().div_euclid(DAY)).collect();
    for (bar, pair) in days.windows(2).enumerate() {
        if pair[1] - pair[0] <= 1 || clock.is_mixed(bar + 1) {
            continue;
        }
        let between = || pair[0] + 1..pair[1];
        let expected = between().filter(|day| every_day || is_weekday(*day)).count();
        let known = between().filter(|day| clock.peers.is_session(*day)).count();
        let after = clock.times[bar];
        let kind = if every_day { "days" } else { "weekdays" };
        if known > 0 {
            let sessions = counted(known, "session of other symbols is", "sessions of other symbols are");
            let what = format!("{sessions} missing since {after}");
            findings.add(clock.at(&RULE, bar + 1, what));
        } else if expected >= shortest {
            let missing = counted(expected, "day is", &format!("{kind} in a row are"));
            let what = format!("{missing} missing since {after}");
            findings.add(clock.at(&RULE, bar + 1, what));
        }
    }
}

fn find_longer(clock: &Clock<'_>, findings: &mut Findings) {
    let length = clock.interval.micros();
    for (bar, pair) in clock.times.windows(2).enumerate() {
        let gap = pair[1].micros() - pair[0].micros();
        if gap > length + length / 2 && !clock.is_mixed(bar + 1) {
            let missing = (gap as f64 / length as f64).round() as i64 - 1;
            findings.add(clock.at(&RULE, bar + 1, format!("{} missing since {}", bars(missing), pair[0])));
        }
    }
}

fn find_short(clock: &Clock<'_>, findings: &mut Findings) {
    const YEAR: f64 = 365.25 * DAY as f64;
    let (times, length) = (clock.times, clock.interval.micros());
    let round_the_clock = clock.bars_per_year * length as f64 > 0.9 * YEAR;
    let breaks = if round_the_clock { Breaks::default() } else { Breaks::of(clock) };
    for (bar, pair) in times.windows(2).enumerate() {
        let (from, to) = (pair[0].micros(), pair[1].micros());
        if to - from <= length || clock.is_mixed(bar + 1) {
            continue;
        }
        let missing = (to - from) / length - 1;
        // A bar that closes at midnight is the last one of its day.
        let same_day = (from - 1).div_euclid(DAY) == (to - 1).div_euclid(DAY);
        if round_the_clock || same_day && !breaks.is_usual(from, to) {
            if missing > 0 {
                findings.add(clock.at(
                    &RULE,
                    bar + 1,
                    format!("{} missing since {}", bars(missing), pair[0]),
                ));
            }
        } else if !same_day {
            let days = (from - 1).div_euclid(DAY) + 1..(to - 1).div_euclid(DAY);
            let weekdays = days.filter(|day| is_weekday(*day)).count();
            if weekdays >= 3 {
                let weekdays = counted(weekdays, "weekday is", "weekdays in a row are");
                let what = format!("{weekdays} missing since {}", pair[0]);
                findings.add(clock.at(&RULE, bar + 1, what));
            }
        }
    }
}

fn bars(count: i64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "bar is", "bars are")
}

/// Breaks within a day by their times of day, such as a lunch hour.
#[derive(Default)]
struct Breaks {
    counts: BTreeMap<(i64, i64), usize>,
    days: usize,
}

impl Breaks {
    fn of(clock: &Clock<'_>) -> Self {
        let mut breaks = Self::default();
        let mut today = None;
        for time in clock.times {
            let day = (time.micros() - 1).div_euclid(DAY);
            breaks.days += usize::from(today != Some(day));
            today = Some(day);
        }
        for pair in clock.times.windows(2) {
            let (from, to) = (pair[0].micros(), pair[1].micros());
            if to - from > clock.interval.micros() && (from - 1).div_euclid(DAY) == (to - 1).div_euclid(DAY) {
                *breaks.counts.entry((from.rem_euclid(DAY), to.rem_euclid(DAY))).or_default() += 1;
            }
        }
        breaks
    }

    fn is_usual(&self, from: i64, to: i64) -> bool {
        let count = self.counts.get(&(from.rem_euclid(DAY), to.rem_euclid(DAY)));
        count.is_some_and(|count| *count >= 2 && count * 10 >= self.days)
    }
}

/// 1970-01-01 was a Thursday.
fn is_weekday(day: i64) -> bool {
    (day + 3).rem_euclid(7) < 5
}
