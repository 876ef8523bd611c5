//! One column of a table: its header, and its cells as lines of text.

use super::super::{json, numbers};
use super::wrap::wrap;
use crate::palette::{self, paint};
use admf_model::{Cell, CellKind, Sheet};
use console::measure_text_width as width_of;
use serde_json::Value;

/// Digits of an id that are shown; commands take any unambiguous beginning.
const ID_DIGITS: usize = 8;
/// A column of texts is not made narrower than this,
const NARROWEST: usize = 14;
/// nor one of several named values, which belong on one line.
const NARROWEST_OBJECT: usize = 32;
/// Lines of one cell that are shown.
const LINES: usize = 4;

/// A column ready to be drawn.
pub(super) struct Column {
    /// The name as it is in other formats.
    pub name: String,
    /// The name in as many lines as the header has for it.
    pub header: Vec<String>,
    /// The cells, each in one or more lines.
    pub cells: Vec<Vec<String>>,
    /// Numbers stand to the right.
    pub is_number: bool,
    /// Holds ids, which are shortened.
    pub is_id: bool,
    /// Widest line of header and cells.
    pub width: usize,
    is_status: bool,
    floor: usize,
}

impl Column {
    /// A column of a sheet, in its full width.
    pub(super) fn new(sheet: &Sheet, at: usize) -> Self {
        let column = &sheet.columns[at];
        let name = column.name.as_str();
        let texts = numbers::column(name, sheet.rows.iter().map(|row| &row[at]));
        let is_id = ["_id", "_hash", "_version"].iter().any(|end| name.ends_with(end)) || name == "sha256";
        let mut floor = NARROWEST;
        let cell = |(mut text, row): (String, &Vec<_>)| {
            if is_moment(&row[at]) {
                floor = floor.max(width_of(&text));
            }
            if is_id && is_hash(&text) {
                text.truncate(ID_DIGITS);
            } else if let Some(object) = json::parse_object(&row[at]) {
                let fields = object.iter().map(|(name, value)| format!("{name}={}", bare(value)));
                text = fields.collect::<Vec<_>>().join(" ");
                floor = NARROWEST_OBJECT;
            } else if text.contains(['\n', '\t', '\r']) {
                text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            vec![text]
        };
        let cells = texts.into_iter().zip(&sheet.rows).map(cell).collect();
        let mut new = Self {
            name: name.to_owned(),
            header: vec![name.to_owned()],
            cells,
            is_id,
            is_number: matches!(column.kind, CellKind::Integer | CellKind::Number),
            width: 0,
            is_status: matches!(name, "status" | "state"),
            floor,
        };
        new.measure();
        new
    }

    fn measure(&mut self) {
        let header = self.header.iter().map(|line| width_of(line)).max().unwrap_or(0);
        self.width = header.max(self.widest_cell());
    }

    /// Width of the widest cell.
    pub(super) fn widest_cell(&self) -> usize {
        self.cells.iter().flatten().map(|line| width_of(line)).max().unwrap_or(0)
    }

    /// How narrow the column may become.
    pub(super) fn floor(&self) -> usize {
        self.header.iter().map(|line| width_of(line)).max().unwrap_or(0).max(self.floor)
    }

    /// True when all cells are the same, and there are several.
    pub(super) fn is_constant(&self) -> bool {
        self.cells.len() > 1 && self.cells.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// Breaks the name at underscores where the cells are narrower than it.
    pub(super) fn fold_header(&mut self) {
        let room = self.widest_cell().max(6);
        let mut lines: Vec<String> = Vec::new();
        for part in self.name.split_inclusive('_') {
            match lines.last_mut() {
                Some(line) if line.len() + part.len() <= room => line.push_str(part),
                _ => lines.push(part.to_owned()),
            }
        }
        self.header = lines;
        self.measure();
    }

    /// Breaks cells into lines of this width; what takes too many lines is cut.
    pub(super) fn narrow(&mut self, width: usize) {
        for cell in &mut self.cells {
            *cell = wrap(&cell.join(" "), width);
            if cell.len() > LINES {
                cell.truncate(LINES);
                cell[LINES - 1] = "…".to_owned();
            }
        }
        self.measure();
    }

    /// A text of this column in its colour.
    pub(super) fn painted(&self, text: &str, colour: bool) -> String {
        let style = match text {
            "-" => palette::DIM,
            "ok" | "complete" if self.is_status => palette::GOOD,
            "warn" | "incomplete" | "running" if self.is_status => palette::WARNING,
            "fail" if self.is_status => palette::BAD,
            _ => return text.to_owned(),
        };
        paint(colour, style, text)
    }
}

fn is_moment(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if numbers::moment(text).is_some())
}

/// An id of ours, or a SHA-256.
fn is_hash(text: &str) -> bool {
    matches!(text.len(), 16 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A JSON value without the quotes of a text.
fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
