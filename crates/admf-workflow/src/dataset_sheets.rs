//! Parts of a dataset's description as tables, for the jobs on data.

use admf_model::{CellKind, Interval, Sheet};
use admf_store::market::{Description, FlagCount, SourceSummary, SymbolSummary};

/// A row per symbol.
pub(crate) fn symbols(symbols: &[SymbolSummary]) -> Sheet {
    let mut sheet = Sheet::new([
        ("symbol", CellKind::Text),
        ("bars", CellKind::Integer),
        ("first", CellKind::Text),
        ("last", CellKind::Text),
        ("tradable", CellKind::Truth),
        ("adjusted", CellKind::Truth),
    ]);
    for symbol in symbols {
        sheet.push(vec![
            symbol.symbol.as_str().into(),
            symbol.bars.into(),
            symbol.first.to_string().into(),
            symbol.last.to_string().into(),
            symbol.tradable.into(),
            symbol.adjusted.into(),
        ]);
    }
    sheet
}

/// A row per imported file.
pub(crate) fn sources(sources: &[SourceSummary]) -> Sheet {
    let mut sheet = Sheet::new([
        ("file", CellKind::Text),
        ("rows", CellKind::Integer),
        ("skipped", CellKind::Integer),
        ("rejected", CellKind::Integer),
        ("bytes", CellKind::Integer),
        ("detected", CellKind::Text),
        ("sha256", CellKind::Text),
    ]);
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    for source in sources {
        sheet.push(vec![
            source.file.as_str().into(),
            count(source.rows).into(),
            count(source.skipped).into(),
            count(source.rejected).into(),
            count(source.bytes).into(),
            source.dialect.to_string().into(),
            source.sha256.as_str().into(),
        ]);
    }
    sheet
}

/// A row per rule and symbol: how many bars were flagged.
pub(crate) fn flags(flags: &[FlagCount]) -> Sheet {
    let mut sheet = Sheet::new([
        ("severity", CellKind::Text),
        ("rule", CellKind::Text),
        ("symbol", CellKind::Text),
        ("count", CellKind::Integer),
    ]);
    for FlagCount { rule, symbol, count } in flags {
        let symbol = (!symbol.is_empty()).then(|| symbol.clone());
        let count = usize::try_from(*count).unwrap_or(usize::MAX);
        sheet.push(vec!["flagged".into(), rule.as_str().into(), symbol.into(), count.into()]);
    }
    sheet
}

/// What annualised numbers rest on, in words.
pub(crate) fn calendar(description: &Description) -> String {
    let note = description.calendar;
    if note.overridden {
        return format!(
            "{} bars per year, given at import ({:.1} observed)",
            note.bars_per_year, note.observed
        );
    }
    if note.bars_per_year == note.observed {
        return format!("{:.1} bars per year, as observed", note.observed);
    }
    let convention = convention(note.bars_per_year, description.interval);
    format!("{} bars per year{convention} ({:.1} observed)", note.bars_per_year, note.observed)
}

/// What a derived number of bars per year stands for.
fn convention(bars_per_year: f64, interval: Interval) -> String {
    if interval.is_daily_or_longer() {
        return match bars_per_year {
            252.0 => ": sessions of a stock exchange",
            260.0 => ": all weekdays",
            365.0 => ": every day",
            52.0 => ": weeks",
            12.0 => ": months",
            4.0 => ": quarters",
            1.0 => ": years",
            _ => "",
        }
        .to_owned();
    }
    let minutes = bars_per_year * interval.micros() as f64 / 60e6;
    let years = [
        (252.0 * 390.0, ": 252 sessions of 6.5 hours"),
        (260.0 * 390.0, ": 260 sessions of 6.5 hours"),
        (365.0 * 390.0, ": 365 sessions of 6.5 hours"),
        (252.0 * 1440.0, ": 252 days round the clock"),
        (260.0 * 1440.0, ": weekdays round the clock"),
        (365.0 * 1440.0, ": every day round the clock"),
    ];
    if let Some((_, words)) = years.iter().find(|(year, _)| (minutes / year - 1.0).abs() < 1e-9) {
        return (*words).to_owned();
    }
    let whole = [252.0, 260.0, 365.0].into_iter().find(|sessions| bars_per_year % sessions == 0.0);
    whole.map_or_else(String::new, |sessions| {
        format!(": {sessions} sessions of {} bars", bars_per_year / sessions)
    })
}
