//! One text file, read row by row into values and times, with what was detected and what was rejected.

use super::blocks::{Block, Blocks};
use super::columns::{Columns, PriceColumns};
use super::date::{self, DateFormat, DateRules, Written};
use super::dialect::{Dialect, Packing, RowOrder};
use super::dialects::KnownDialect;
use super::draft::{Cells, Dated, Draft, Layout, Order, Part, SpooledPart};
use super::error::{HeaderProblem, MarketError};
use super::head::read_head;
use super::number::{Field, Numbers};
use super::opening::{Opening, read_opening};
use super::reading::Reading;
use super::reject::Reason;
use super::rows::{Fields, TakeRow, read_rows};
use super::source::{Fingerprint, Source};
use super::spool::Spool;
use super::stamps::Stamps;
use super::text::{Text, TextEncoding};
use crate::ordered::ordered;
use admf_model::Timestamp;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::BufReader;
use std::num::NonZeroUsize;

/// What a file holds.
pub(super) struct File {
    /// Rows of each symbol in the order of the file.
    pub(super) symbols: BTreeMap<String, Part>,
    /// Instead of `symbols`, where they are too many for the memory.
    pub(super) spooled: BTreeMap<String, SpooledPart>,
    pub(super) rejects: Vec<(u64, Reason)>,
    /// Rows without any value.
    pub(super) skipped: u64,
    /// Rows read, without the header.
    pub(super) rows: u64,
    pub(super) fingerprint: Fingerprint,
    pub(super) dialect: Dialect,
    /// What the times are: as the dialect, its columns or the user say.
    pub(super) stamps: Stamps,
    pub(super) order: Order,
    /// Times that clocks showed twice.
    pub(super) folds: u64,
}

/// A row of text.
struct TextRow<'a> {
    fields: &'a Fields<'a>,
    numbers: Numbers,
    /// Where a date and the time of day beside it are put together.
    joined: &'a RefCell<String>,
}

impl Cells for TextRow<'_> {
    fn text(&self, index: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.fields.get(index))
    }

    fn price(&self, index: usize) -> Field {
        self.numbers.price(self.fields.ending(index))
    }

    fn volume(&self, index: usize) -> Field {
        self.numbers.volume(self.fields.ending(index))
    }

    fn written(&self, time: usize, clock: Option<usize>, rules: &DateRules) -> Option<(Written, DateFormat)> {
        let date = self.fields.get(time);
        let Some(clock) = clock else { return date::read(date, rules) };
        let mut joined = self.joined.borrow_mut();
        joined.clear();
        joined.push_str(date);
        joined.push(' ');
        joined.push_str(self.fields.get(clock));
        date::read(joined.trim_end(), rules)
    }
}

/// The rows of a block on their way into a draft.
struct BlockDraft<'a> {
    draft: Draft<'a>,
    numbers: Numbers,
    width: usize,
    joined: RefCell<String>,
}

impl TakeRow for BlockDraft<'_> {
    fn take(&mut self, fields: &Fields<'_>, line: u64) {
        if has_width(fields, self.width) {
            self.draft.take(&TextRow { fields, numbers: self.numbers, joined: &self.joined }, line);
        } else {
            let (found, expected) = (fields.count(), self.width);
            self.draft.reject(line, Reason::FieldCount { found, expected });
        }
    }

    fn not_utf8(&mut self, line: u64) {
        self.draft.reject(line, Reason::NotUtf8);
    }
}

/// Reads a file. `progress` gets rows, bytes and the total of bytes, where that is known.
pub(super) fn read_file(
    source: &Source,
    reading: &Reading,
    spool: &mut Spool,
    progress: &dyn Fn(u64, u64, Option<u64>),
) -> Result<File, MarketError> {
    let label = source.label();
    let mut body = BufReader::new(Text::open(source, reading.encoding)?);
    let (packing, encoding) = (body.get_ref().stream().packing(), body.get_ref().encoding());
    let mut head = read_head(&mut body, &label)?;
    let Opening { dialect, columns, headless, numbers, delimiter, start, titles } =
        read_opening(&head, reading, &label)?;
    let header = head[start..].iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| start + at + 1);
    let below = head.split_off(if headless { start } else { header });
    let line = 1 + head.iter().filter(|byte| **byte == b'\n').count() as u64;
    let mut blocks = Blocks::new(below, line, body, &label);
    let layout = Layout::new(&columns, only_symbol(source, &columns, dialect)?, reading.date_rules());
    let mut draft = Draft::new(&layout);
    let read = |block: Block| {
        let (draft, joined) = (Draft::new(&layout), RefCell::default());
        let mut rows = BlockDraft { draft, numbers, width: columns.width, joined };
        read_rows(&block, delimiter, &label, &mut rows)?;
        Ok((rows.draft, block.position))
    };
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    ordered(
        threads,
        || blocks.next(),
        read,
        |(rows, (read, total))| {
            draft.append(rows);
            draft.check_rejects(&label)?;
            draft.spool_if_full(spool)?;
            // The end is told once the file is closed.
            if total != Some(read) {
                progress(draft.rows, read, total);
            }
            Ok(())
        },
    )?;
    let fingerprint = blocks.finish()?;
    progress(draft.rows, fingerprint.bytes, Some(fingerprint.bytes));
    let dated = draft.date_rows(&label, spool)?;
    let encoding = encoding.map(TextEncoding::name);
    let form = Form { packing, delimiter: char::from(delimiter), dialect, numbers, encoding, titles };
    let Draft { rejects, skipped, rows, .. } = draft;
    Ok(File::of(dated, rejects, (skipped, rows), fingerprint, form, &columns, reading))
}

/// How a file is written, but for its dates.
pub(super) struct Form {
    pub(super) packing: Packing,
    pub(super) delimiter: char,
    pub(super) dialect: &'static KnownDialect,
    pub(super) numbers: Numbers,
    /// What text was decoded from, if it is not UTF-8.
    pub(super) encoding: Option<String>,
    /// Lines above the header.
    pub(super) titles: Vec<String>,
}

impl File {
    /// Puts together what is known when a file has been read.
    pub(super) fn of(
        dated: Dated,
        mut rejects: Vec<(u64, Reason)>,
        (skipped, rows): (u64, u64),
        fingerprint: Fingerprint,
        form: Form,
        columns: &Columns,
        reading: &Reading,
    ) -> Self {
        let Dated { symbols, spooled, convention, order, folds } = dated;
        let by_columns = match (columns.closes, columns.opens) {
            (true, _) => Stamps::End,
            (_, true) => Stamps::Open,
            _ => form.dialect.stamps,
        };
        let stamps = reading.stamps.unwrap_or(by_columns);
        let dialect = Dialect {
            name: form.dialect.name.to_owned(),
            packing: form.packing,
            encoding: form.encoding,
            titles: form.titles,
            delimiter: form.delimiter,
            decimal_comma: form.numbers.decimal == super::number::Decimal::Comma,
            zone: convention.zone(),
            zone_assumed: convention.clocks_without_zone,
            session_dates: convention.session_dates,
            dates: convention.formats,
            stamps,
            columns: columns.headers(),
            ignored: columns.ignored.clone(),
            order: order.of_rows(),
        };
        rejects.sort_by_key(|(line, _)| *line);
        Self { symbols, spooled, rejects, skipped, rows, fingerprint, dialect, stamps, order, folds }
    }
}

impl File {
    /// The symbols with the times of their rows, in the order of the file.
    pub(super) fn times(&self) -> impl Iterator<Item = (&String, &Vec<Timestamp>)> {
        let held = self.symbols.iter().map(|(symbol, part)| (symbol, &part.times));
        held.chain(self.spooled.iter().map(|(symbol, part)| (symbol, &part.times)))
    }

    pub(super) fn times_mut(&mut self) -> impl Iterator<Item = &mut Vec<Timestamp>> {
        let held = self.symbols.values_mut().map(|part| &mut part.times);
        held.chain(self.spooled.values_mut().map(|part| &mut part.times))
    }

    pub(super) fn has_symbol(&self, symbol: &str) -> bool {
        self.symbols.contains_key(symbol) || self.spooled.contains_key(symbol)
    }
}

impl Order {
    pub(super) fn of_rows(self) -> RowOrder {
        match (self.rising, self.falling) {
            (_, 0) => RowOrder::Ascending,
            (0, _) => RowOrder::Descending,
            _ => RowOrder::Mixed,
        }
    }
}

/// A row may end in more delimiters than the header.
fn has_width(fields: &Fields<'_>, width: usize) -> bool {
    let found = fields.count();
    found == width || found > width && (width..found).all(|index| fields.get(index).is_empty())
}

/// The symbol of all rows, for a file without a symbol column.
pub(super) fn only_symbol(
    source: &Source,
    columns: &Columns,
    dialect: &KnownDialect,
) -> Result<Option<String>, MarketError> {
    let twice = |header: &str, symbol: &str| {
        let problem = HeaderProblem::SymbolTwice { column: header.to_owned(), symbol: symbol.to_owned() };
        MarketError::header(&source.label(), columns.headers(), problem)
    };
    match (&columns.symbol, source.symbol(), &columns.prices) {
        (Some(column), Some(symbol), _) => Err(twice(&column.header, symbol)),
        (Some(_), None, _) => Ok(None),
        (None, Some(symbol), PriceColumns::Series(series)) if series.len() > 1 => {
            Err(twice(&series[0].header, symbol))
        }
        (None, Some(symbol), _) => Ok(Some(symbol.to_owned())),
        (None, None, PriceColumns::Series(series)) if series.len() > 1 => Ok(None),
        (None, None, PriceColumns::Series(series)) => {
            Ok(Some(Columns::series_symbol(&series[0]).unwrap_or_else(|| source.default_symbol(dialect))))
        }
        (None, None, _) => Ok(Some(source.default_symbol(dialect))),
    }
}

#[cfg(test)]
mod tests;
