//! Parts of a dataset's description as tables, for the jobs on data.

use admf_model::{CellKind, Sheet};
use admf_store::market::{Description, SourceSummary, SymbolSummary};

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
    format!("{} bars per year ({:.1} observed)", note.bars_per_year, note.observed)
}
