//! Ticks: round numbers on value axes, calendar units on the time axis.

use admf_model::Timestamp;
use admf_model::words::grouped;

/// A place on an axis with what is written beside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick<P> {
    pub(super) at: P,
    pub(super) label: String,
}

/// Ticks of an axis of growth, 1 being unchanged: labels are returns in percent.
pub(super) fn growth((low, high): (f64, f64), is_log: bool, most: usize) -> Vec<Tick<f64>> {
    let values =
        if is_log { log_values(low, high, most) } else { linear_values(low - 1.0, high - 1.0, most) };
    let at = |value: f64| if is_log { value } else { value + 1.0 };
    let ticks: Vec<f64> = values.into_iter().map(at).collect();
    let decimals = decimals(&ticks.iter().map(|at| (at - 1.0) * 100.0).collect::<Vec<_>>());
    ticks.into_iter().map(|at| Tick { at, label: tick_label(at - 1.0, decimals) }).collect()
}

/// Ticks of an axis of falls, from 0 down to the deepest.
pub(super) fn falls(deepest: f64, most: usize) -> Vec<Tick<f64>> {
    let values = linear_values(0.0, deepest, most);
    let decimals = decimals(&values.iter().map(|at| at * 100.0).collect::<Vec<_>>());
    values.into_iter().map(|at| Tick { at, label: tick_label(-at, decimals) }).collect()
}

/// As [`signed_percent`], but 0 is always `0%`.
fn tick_label(fraction: f64, decimals: usize) -> String {
    let text = signed_percent(fraction, decimals);
    if text.starts_with('0') && fraction.abs() < 1e-9 { "0%".to_owned() } else { text }
}

/// `+50%`, `−50%`, `0%`.
pub(super) fn signed_percent(fraction: f64, decimals: usize) -> String {
    let percent = fraction * 100.0;
    let text = format!("{:.decimals$}", percent.abs());
    let sign = if text.bytes().all(|b| matches!(b, b'0' | b'.')) {
        ""
    } else if percent < 0.0 {
        "−"
    } else {
        "+"
    };
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    // More digits than fit are left as they are.
    let whole = whole.parse::<u128>().map_or_else(|_| whole.to_owned(), grouped);
    format!("{sign}{whole}{rest}%")
}

/// `1,234.5%`, `−5.0%`: in a sentence, where a gain needs no sign.
pub(crate) fn percent(fraction: f64) -> String {
    signed_percent(fraction, 1).trim_start_matches('+').to_owned()
}

/// Decimals without which some of the numbers would not be told exactly.
fn decimals(numbers: &[f64]) -> usize {
    let exact = |digits: &i32| {
        numbers.iter().all(|n| ((n * 10_f64.powi(*digits)).round() - n * 10_f64.powi(*digits)).abs() < 1e-6)
    };
    (0..4).find(exact).unwrap_or(4).unsigned_abs() as usize
}

/// Multiples of 1, 2, 2.5 or 5 times a power of ten.
fn linear_values(low: f64, high: f64, most: usize) -> Vec<f64> {
    let span = (high - low).max(1e-9);
    let rough = span / most.max(1) as f64;
    let unit = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * unit).find(|step| *step >= rough).unwrap_or(rough);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|n| n as f64 * step).collect()
}

/// Round multiples, finer ones where they fit; over a narrow range the values of a linear axis.
fn log_values(low: f64, high: f64, most: usize) -> Vec<f64> {
    let sets: [&[f64]; 4] = [&[1.0, 1.5, 2.0, 3.0, 5.0, 7.0], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    for (at, set) in sets.iter().enumerate() {
        let all = decades.clone().flat_map(|decade| set.iter().map(move |m| m * 10_f64.powi(decade)));
        let inside: Vec<f64> = all.filter(|value| (low * 0.999..=high * 1.001).contains(value)).collect();
        if inside.len() < 3 && at == 0 {
            return linear_values(low, high, most);
        }
        if inside.len() <= most || at + 1 == sets.len() {
            return inside;
        }
    }
    Vec::new()
}

/// Units of the time axis: how much of an ISO time tells two of them apart, and every how many one is shown.
const UNITS: [(usize, u32); 14] = [
    (16, 1),
    (16, 5),
    (16, 15),
    (13, 1),
    (13, 6),
    (10, 1),
    (10, 7),
    (7, 1),
    (7, 3),
    (4, 1),
    (4, 2),
    (4, 5),
    (4, 10),
    (4, 25),
];

/// Ticks where a new year, month, day or hour begins, whichever gives at most `most` of them.
pub(super) fn times(times: &[Timestamp], most: usize) -> Vec<Tick<usize>> {
    let texts: Vec<String> = times.iter().map(|time| format!("{:T<20}", time.to_string())).collect();
    for (length, every) in UNITS {
        let starts = starts(&texts, length, every, most);
        if starts.len() <= most {
            return starts
                .into_iter()
                .map(|bar| Tick { at: bar, label: label(&texts[bar], length) })
                .collect();
        }
    }
    Vec::new()
}

/// The first bars of their unit, the first bar of all left out: it is the edge of the chart, and seldom a beginning.
/// Stops when there are too many.
fn starts(texts: &[String], length: usize, every: u32, most: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut last_group = texts.first().map(|text| group(text, length, every));
    for (bar, text) in texts.iter().enumerate().skip(1) {
        if text[..length] == texts[bar - 1][..length] {
            continue;
        }
        let group = group(text, length, every);
        if last_group != Some(group) {
            starts.push(bar);
            last_group = Some(group);
            if starts.len() > most {
                break;
            }
        }
    }
    starts
}

/// The number of the group of units that a time is in, such as of its quarter.
fn group(text: &str, length: usize, every: u32) -> (u32, u32) {
    let number =
        |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse().ok()).unwrap_or(0_u32);
    match length {
        4 => (number(0..4) / every, 0),
        7 => (number(0..4), (number(5..7) - 1) / every),
        10 => (number(0..4) * 12 + number(5..7), (number(8..10) - 1) / every),
        13 => (number(0..4) * 372 + number(5..7) * 31 + number(8..10), number(11..13) / every),
        _ => (
            number(0..4) * 372 + number(5..7) * 31 + number(8..10),
            (number(11..13) * 60 + number(14..16)) / every,
        ),
    }
}

fn label(text: &str, length: usize) -> String {
    match length {
        13 | 16 if text.get(11..13).is_some_and(|hour| hour.starts_with(|c: char| c.is_ascii_digit())) => {
            format!("{} {}", &text[5..10], &text[11..16])
        }
        10 | 13 | 16 => text[..10].to_owned(),
        _ => text[..length].to_owned(),
    }
}

#[cfg(test)]
mod tests;
