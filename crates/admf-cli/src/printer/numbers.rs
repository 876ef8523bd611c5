//! Numbers for people: about four significant digits, one number of decimals per column, fractions as percentages.

use admf_model::words::grouped;
use admf_model::{Cell, METRICS, Unit};

/// Columns that are fractions but no metrics.
const FRACTIONS: [&str; 6] = [
    "best_deflated",
    "best_return",
    "return_fraction",
    "favourable_excursion",
    "adverse_excursion",
    "regime_stability",
];

/// Fractions that are small because they are about one trade.
const OF_ONE_TRADE: [&str; 3] = ["return_fraction", "favourable_excursion", "adverse_excursion"];

/// What undefined looks like.
const UNDEFINED: &str = "-";

/// The cells of one column as texts; `name` decides the unit.
pub(super) fn column<'a>(name: &str, cells: impl Iterator<Item = &'a Cell> + Clone) -> Vec<String> {
    let percent = is_fraction(name);
    let scale = if percent { 100.0 } else { 1.0 };
    let numbers = cells.clone().filter_map(|cell| match cell {
        Cell::Number(n) => Some(n * scale),
        _ => None,
    });
    let style = if percent { Style::Decimals(percent_decimals(name)) } else { style(&numbers) };
    cells
        .map(|cell| match cell {
            Cell::Null => UNDEFINED.to_owned(),
            Cell::Text(text) => moment(text).unwrap_or_else(|| text.clone()),
            Cell::Integer(n) => n.to_string(),
            Cell::Truth(b) => if *b { "yes" } else { "no" }.to_owned(),
            Cell::Number(n) => style.text(n * scale) + if percent { "%" } else { "" },
        })
        .collect()
}

/// A fact: counts have thousands separators, sizes have units.
pub(super) fn fact(name: &str, value: &Cell) -> String {
    match value {
        Cell::Integer(n) if name.ends_with("_bytes") => size(*n),
        Cell::Integer(n) => {
            let sign = if *n < 0 { "-" } else { "" };
            format!("{sign}{}", grouped(n.unsigned_abs()))
        }
        _ => column(name, std::iter::once(value)).concat(),
    }
}

/// Bytes in the unit in which they are a small number.
fn size(bytes: i64) -> String {
    let units = ["bytes", "kB", "MB", "GB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < units.len() {
        (value, unit) = (value / 1000.0, unit + 1);
    }
    let decimals = usize::from(unit > 0 && value < 100.0);
    format!("{value:.decimals$} {}", units[unit])
}

/// A point in time to the second: `2026-11-20 12:10:45Z`.
pub(super) fn moment(text: &str) -> Option<String> {
    let pattern = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(b, p): (u8, &u8)| if *p == b'd' { b.is_ascii_digit() } else { b == *p };
    let rest = text.get(pattern.len()..)?.strip_suffix('Z')?;
    let is_moment = text.bytes().zip(pattern).all(fits)
        && (rest.is_empty() || rest.starts_with('.') && rest[1..].bytes().all(|b| b.is_ascii_digit()));
    is_moment.then(|| format!("{} {}Z", &text[..10], &text[11..pattern.len()]))
}

fn is_fraction(name: &str) -> bool {
    METRICS.iter().any(|metric| metric.name == name && metric.unit == Unit::Fraction)
        || FRACTIONS.contains(&name)
}

/// Decimals of a percentage. They depend on the column alone, so that a value looks the same in every table.
fn percent_decimals(name: &str) -> usize {
    if OF_ONE_TRADE.contains(&name) { 2 } else { 1 }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    Decimals(usize),
    Exponent,
}

impl Style {
    fn text(self, value: f64) -> String {
        match self {
            Self::Exponent => format!("{value:.3e}"),
            Self::Decimals(decimals) => {
                let text = format!("{value:.decimals$}");
                // A small negative number must not read as minus nothing.
                let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
                if is_zero { text.trim_start_matches('-').to_owned() } else { text }
            }
        }
    }
}

/// The largest number decides how many decimals its column has; the smallest may ask for two so as not to vanish.
fn style(numbers: &(impl Iterator<Item = f64> + Clone)) -> Style {
    let sizes = numbers.clone().map(f64::abs).filter(|size| *size > 0.0);
    let Some(largest) = sizes.clone().max_by(f64::total_cmp) else {
        return Style::Decimals(0);
    };
    let smallest = sizes.min_by(f64::total_cmp).unwrap_or(largest);
    if !(1e-4..1e15).contains(&largest) {
        return Style::Exponent;
    }
    if numbers.clone().all(|n| n.fract() == 0.0) {
        return Style::Decimals(0);
    }
    // From 0.1 on three decimals are enough.
    let most = if largest < 0.1 { 7 } else { 3 };
    let mut shown = decimals(largest, 4).max(decimals(smallest, 2).min(2)).clamp(0, most);
    // Zeros that end every number say nothing.
    while shown > 0 && numbers.clone().all(|n| is_whole(n * 10_f64.powi(shown - 1))) {
        shown -= 1;
    }
    Style::Decimals(shown.unsigned_abs() as usize)
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-9
}

/// Decimals that show a number with this many significant digits; negative for large numbers.
fn decimals(size: f64, significant: i32) -> i32 {
    significant - 1 - size.log10().floor() as i32
}

#[cfg(test)]
mod tests;
