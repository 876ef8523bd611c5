//! The chart in characters: braille dots, or plain ASCII where a terminal has no others.

use super::axis::{self, Tick};
use super::{Chart, decimate};

/// Rows of the equity panel.
const EQUITY: usize = 14;
/// Rows of the drawdown panel.
const DRAWDOWN: usize = 5;
/// Columns of the axis labels and the axis.
const AXIS: usize = 9;
/// Narrower is not readable, wider says no more.
const WIDTHS: std::ops::RangeInclusive<usize> = 46..=132;

/// Which characters may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Braille and lines.
    Unicode,
    /// Those of every terminal.
    Ascii,
}

/// The chart on lines of at most `width` characters.
pub(crate) fn text(chart: &Chart, width: usize, characters: Characters) -> String {
    let columns = width.clamp(*WIDTHS.start(), *WIDTHS.end()) - AXIS;
    let drawing = Drawing { chart, columns, marks: Marks::of(characters) };
    let mut text = drawing.legend();
    text += &drawing.equity();
    text += &drawing.held();
    text += &drawing.drawdown();
    text += &drawing.times();
    // Labels of falls have the minus of typography.
    if characters == Characters::Ascii { text.replace('−', "-") } else { text }
}

/// The characters of a drawing.
struct Marks {
    characters: Characters,
    baseline: char,
    axis: char,
    tick: char,
    corner: char,
    line: char,
    below: char,
    shades: [char; 4],
    short: char,
}

impl Marks {
    fn of(characters: Characters) -> Self {
        let (baseline, axis, tick, corner, line, below, shades, short) = match characters {
            Characters::Unicode => ('·', '│', '┤', '└', '─', '┬', [' ', '░', '▒', '█'], '▼'),
            Characters::Ascii => ('.', '|', '+', '+', '-', '+', [' ', '.', ':', '#'], 'v'),
        };
        Self { characters, baseline, axis, tick, corner, line, below, shades, short }
    }
}

struct Drawing<'a> {
    chart: &'a Chart,
    columns: usize,
    marks: Marks,
}

impl Drawing<'_> {
    fn legend(&self) -> String {
        let strategy = if self.marks.characters == Characters::Unicode { "⣀⠤⠒⠉" } else { "***" };
        let scale = if self.chart.is_log() { ", log" } else { "" };
        format!(
            "{:AXIS$}{strategy} strategy   {} buy and hold{scale}\n",
            "",
            self.marks.baseline.to_string().repeat(3)
        )
    }

    fn equity(&self) -> String {
        let chart = self.chart;
        let (low, high) = chart.range();
        let is_log = chart.is_log();
        let scale = move |growth: f64| if is_log { growth.max(f64::MIN_POSITIVE).ln() } else { growth };
        let (bottom, top) = (scale(low), scale(high));
        let height = move |growth: f64| (scale(growth) - bottom) / (top - bottom).max(1e-12);
        let line = |equity: &[f64]| chart.growth(equity).map(height).collect::<Vec<f64>>();
        let mut grid = Grid::new(self.columns, EQUITY);
        grid.line(&line(&chart.equity));
        let cells = grid.cells(self.marks.characters);
        let behind = self.behind(&line(&chart.baseline));
        let rows: Vec<String> = (0..EQUITY)
            .map(|row| {
                let cell = |column: usize| match cells[row][column] {
                    ' ' if behind[column].contains(&row) => self.marks.baseline,
                    mark => mark,
                };
                (0..self.columns).map(cell).collect()
            })
            .collect();
        let ticks = axis::growth((low, high), is_log, 8);
        self.panel(&rows, ticks.iter().map(|tick| (row_of(height(tick.at), EQUITY), tick.label.as_str())))
    }

    /// Rows of each column that a line runs through.
    fn behind(&self, line: &[f64]) -> Vec<std::ops::RangeInclusive<usize>> {
        let mut before = None;
        let rows = |column| {
            let bars = self.bars(line.len(), column);
            let last = row_of(line[bars.end - 1], EQUITY);
            // One row a column: the line is only there for comparison.
            let from = before.replace(last).unwrap_or(last);
            if from < last {
                from + 1..=last
            } else if from > last {
                last..=from - 1
            } else {
                last..=last
            }
        };
        (0..self.columns).map(rows).collect()
    }

    /// One row of shades: how much of each column was spent in a position.
    fn held(&self) -> String {
        let units = &self.chart.units;
        let mark = |column| {
            let bars = self.bars(units.len(), column);
            let share = |held: usize| (held * (self.marks.shades.len() - 1)).div_ceil(bars.len());
            let long = units[bars.clone()].iter().filter(|units| **units > 0.0).count();
            let short = units[bars.clone()].iter().filter(|units| **units < 0.0).count();
            if short > long { self.marks.short } else { self.marks.shades[share(long)] }
        };
        let row: String = (0..self.columns).map(mark).collect();
        format!("{:>1$} {row}\n", "held", AXIS - 1).trim_end().to_owned() + "\n"
    }

    fn drawdown(&self) -> String {
        let deepest = self.chart.drawdown.iter().copied().fold(0.0, f64::max);
        let full = if deepest > 0.0 { deepest } else { 0.01 };
        let mut grid = Grid::new(self.columns, DRAWDOWN);
        let falls: Vec<f64> = self.chart.drawdown.iter().map(|fall| 1.0 - fall / full).collect();
        grid.hang(&falls);
        let cells = grid.cells(self.marks.characters);
        let rows: Vec<String> = cells.into_iter().map(|row| row.into_iter().collect()).collect();
        let ticks = axis::falls(full, 2);
        let places = ticks.iter().map(|tick| (row_of(1.0 - tick.at / full, DRAWDOWN), tick.label.as_str()));
        self.panel(&rows, places)
    }

    /// Rows with labels on the left.
    fn panel<'a>(&self, rows: &[String], ticks: impl Iterator<Item = (usize, &'a str)>) -> String {
        let mut labels = vec![None; rows.len()];
        for (row, label) in ticks {
            labels[row].get_or_insert(label);
        }
        let line = |(row, label): (&String, Option<&str>)| {
            let mark = if label.is_some() { self.marks.tick } else { self.marks.axis };
            let line = format!("{:>1$}{mark}{row}", label.unwrap_or(""), AXIS - 1);
            line.trim_end().to_owned() + "\n"
        };
        rows.iter().zip(labels).map(line).collect()
    }

    fn times(&self) -> String {
        let ticks = axis::times(&self.chart.times, self.columns / 9);
        let column = |tick: &Tick<usize>| tick.at * self.columns / self.chart.times.len();
        let mut rule: Vec<char> = vec![self.marks.line; self.columns];
        let mut words = " ".repeat(self.columns + AXIS);
        let mut free = 0;
        for tick in &ticks {
            rule[column(tick)] = self.marks.below;
            let start = (column(tick) + AXIS).saturating_sub(tick.label.len() / 2);
            if start >= free && start + tick.label.len() <= words.len() {
                words.replace_range(start..start + tick.label.len(), &tick.label);
                free = start + tick.label.len() + 1;
            }
        }
        let rule: String = rule.into_iter().collect();
        format!("{:>1$}{2}{rule}\n{3}\n", "", AXIS - 1, self.marks.corner, words.trim_end())
    }

    fn bars(&self, count: usize, column: usize) -> std::ops::Range<usize> {
        columns_of(count, self.columns, column)
    }
}

/// The bars of a column; where there are fewer bars than columns, a bar has several.
fn columns_of(count: usize, columns: usize, column: usize) -> std::ops::Range<usize> {
    if count >= columns {
        return decimate::bars(count, columns, column);
    }
    let bar = column * count / columns;
    bar..bar + 1
}

/// The row of a height between 0 and 1.
fn row_of(height: f64, rows: usize) -> usize {
    ((1.0 - height) * rows as f64).clamp(0.0, rows as f64 - 1.0) as usize
}

/// A grid of dots, two by four per character.
struct Grid {
    columns: usize,
    rows: usize,
    dots: Vec<bool>,
}

impl Grid {
    fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, dots: vec![false; columns * 2 * rows * 4] }
    }

    /// Draws a line of heights between 0 and 1; a column of dots spans all values of its bars and meets the next.
    fn line(&mut self, heights: &[f64]) {
        let mut before: Option<usize> = None;
        for column in 0..self.columns * 2 {
            let bars = columns_of(heights.len(), self.columns * 2, column);
            let dots = heights[bars.clone()].iter().map(|height| self.dot(*height));
            let (mut low, mut high) =
                dots.fold((usize::MAX, 0), |(low, high), dot| (low.min(dot), high.max(dot)));
            if let Some(before) = before {
                (low, high) = (low.min(before + 1), high.max(before.saturating_sub(1)));
            }
            (low..=high).for_each(|row| self.set(column, row));
            before = Some(self.dot(heights[bars.end - 1]));
        }
    }

    /// Fills from the top down to the lowest height of each column.
    fn hang(&mut self, heights: &[f64]) {
        for column in 0..self.columns * 2 {
            let bars = columns_of(heights.len(), self.columns * 2, column);
            let lowest = heights[bars].iter().copied().fold(1.0, f64::min);
            if lowest < 1.0 {
                (0..=self.dot(lowest)).for_each(|row| self.set(column, row));
            }
        }
    }

    fn dot(&self, height: f64) -> usize {
        row_of(height, self.rows * 4)
    }

    fn set(&mut self, column: usize, row: usize) {
        self.dots[row * self.columns * 2 + column] = true;
    }

    /// Characters row by row.
    fn cells(&self, characters: Characters) -> Vec<Vec<char>> {
        let cell = |row: usize, column: usize| {
            let dot = |x: usize, y: usize| self.dots[(row * 4 + y) * self.columns * 2 + column * 2 + x];
            match characters {
                Characters::Unicode => braille(dot),
                Characters::Ascii => {
                    let set = (0..4).flat_map(|y| [dot(0, y), dot(1, y)]).any(|dot| dot);
                    if set { '*' } else { ' ' }
                }
            }
        };
        (0..self.rows).map(|row| (0..self.columns).map(|column| cell(row, column)).collect()).collect()
    }
}

/// The braille character of eight dots, in the order of Unicode.
fn braille(dot: impl Fn(usize, usize) -> bool) -> char {
    const PLACES: [(usize, usize); 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];
    let bits = PLACES.iter().enumerate().map(|(bit, (x, y))| u32::from(dot(*x, *y)) << bit).sum::<u32>();
    if bits == 0 { ' ' } else { char::from_u32(0x2800 + bits).unwrap_or(' ') }
}

#[cfg(test)]
mod tests;
