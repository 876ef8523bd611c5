//! Where everything goes on the page of a chart.

use super::colours as colour;
use super::font::Font;
use super::scene::{Anchor, Fill, Scene, Shape, Text, Weight};
use super::{Chart, axis, decimate};

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = 18.0;
const TITLE: f64 = 34.0;
const SUBTITLE: f64 = 17.0;
const EQUITY: f64 = 300.0;
const DRAWDOWN: f64 = 96.0;
const BAND: f64 = 11.0;
/// Between two panels, with room for the words above the lower one.
const GAP: f64 = 27.0;
const SMALL: f64 = 11.5;

/// The chart as shapes.
pub(super) fn scene(chart: &Chart) -> Scene {
    let mut page = Page { chart, shapes: Vec::new(), y: TITLE, font: Font::new(Weight::Regular) };
    page.heading();
    page.legend();
    let top = page.y;
    page.equity();
    page.drawdown();
    chart.bands.iter().for_each(|band| page.band(band));
    page.times(top);
    let height = page.y.ceil();
    let mut shapes =
        vec![Shape::Rectangle { at: (0.0, 0.0), size: (WIDTH, height), fill: Fill::solid(colour::PAGE) }];
    shapes.append(&mut page.shapes);
    Scene { width: WIDTH, height, shapes }
}

/// A page that grows downwards.
struct Page<'a> {
    chart: &'a Chart,
    shapes: Vec<Shape>,
    /// Where the next part begins.
    y: f64,
    font: Font,
}

impl Page<'_> {
    fn heading(&mut self) {
        let title = self.chart.title.clone();
        self.words((LEFT, self.y), Anchor::Start, 18.0, &title);
        if let Some(Shape::Text(text)) = self.shapes.last_mut() {
            (text.weight, text.colour) = (Weight::Medium, colour::INK);
        }
        self.y += 5.0;
        for line in &self.chart.subtitles {
            self.y += SUBTITLE;
            self.words((LEFT, self.y), Anchor::Start, 12.5, line);
        }
        self.y += 14.0;
    }

    /// Says what the lines are, above them.
    fn legend(&mut self) {
        self.y += 12.0;
        let mut x = LEFT;
        for (name, stroke, width) in
            [("strategy", colour::STRATEGY, 2.0), ("buy and hold", colour::BASELINE, 1.3)]
        {
            let middle = self.y - 4.0;
            self.shapes.push(Shape::Line { points: vec![(x, middle), (x + 18.0, middle)], stroke, width });
            x = self.label((x + 24.0, self.y), name) + 18.0;
        }
        let held = [("long", colour::LONG, 1.0), ("short", colour::SHORT, -1.0)];
        for (name, fill, sign) in held {
            if self.chart.units.iter().any(|units| units * sign > 0.0) {
                x = self.key((x, self.y), name, Fill { colour: fill, opacity: 0.3 }) + 18.0;
            }
        }
        if self.chart.is_log() {
            self.words((WIDTH - RIGHT, self.y), Anchor::End, SMALL, "log scale");
        }
        self.y += 9.0;
    }

    fn equity(&mut self) {
        let chart = self.chart;
        let (low, high) = chart.range();
        let is_log = chart.is_log();
        let scale = move |growth: f64| if is_log { growth.max(f64::MIN_POSITIVE).ln() } else { growth };
        // A line on the very edge cannot be told from the frame.
        let margin = 0.04 * (scale(high) - scale(low)).max(1e-6);
        let (bottom, top) = (scale(low) - margin, scale(high) + margin);
        let (from, height) = (self.y, EQUITY);
        let y = move |growth: f64| from + height * (1.0 - (scale(growth) - bottom) / (top - bottom));
        self.positions(height);
        for tick in axis::growth((low, high), is_log, 8) {
            self.rule(y(tick.at), &tick.label, tick.at == 1.0);
        }
        for (equity, stroke, width) in
            [(&chart.baseline, colour::BASELINE, 1.1), (&chart.equity, colour::STRATEGY, 1.6)]
        {
            let growth: Vec<f64> = chart.growth(equity).collect();
            let points = decimate::points(&growth, columns());
            let points = points.into_iter().map(|(bar, growth)| (self.x(bar), y(growth))).collect();
            self.shapes.push(Shape::Line { points, stroke, width });
        }
        self.frame(height);
        self.y += height;
    }

    /// Shades bars in a position; where bars are narrower than pixels, by the share of them that is held.
    fn positions(&mut self, height: f64) {
        const SHADES: usize = 5;
        let units = &self.chart.units;
        for (sign, fill) in [(1.0, colour::LONG), (-1.0, colour::SHORT)] {
            let shade = |bars: std::ops::Range<usize>| {
                let held = units[bars.clone()].iter().filter(|units| **units * sign > 0.0).count();
                (held * SHADES).div_ceil(bars.len())
            };
            for (bars, shade) in decimate::stretches(units.len(), columns(), shade) {
                if shade > 0 {
                    let fill = Fill { colour: fill, opacity: 0.17 * shade as f64 / SHADES as f64 };
                    self.stretch(bars, height, fill);
                }
            }
        }
    }

    fn drawdown(&mut self) {
        self.y += GAP;
        self.label((LEFT, self.y - 8.0), "drawdown");
        let deepest = self.chart.drawdown.iter().copied().fold(0.0, f64::max);
        let (from, height) = (self.y, DRAWDOWN);
        let full = if deepest > 0.0 { deepest * 1.04 } else { 0.01 };
        let y = move |fall: f64| from + height * fall / full;
        for tick in axis::falls(full, 4) {
            self.rule(y(tick.at), &tick.label, false);
        }
        let line: Vec<(f64, f64)> = decimate::points(&self.chart.drawdown, columns())
            .into_iter()
            .map(|(bar, fall)| (self.x(bar), y(fall)))
            .collect();
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            let mut points = vec![(first.0, from)];
            points.extend(&line);
            points.push((last.0, from));
            self.shapes.push(Shape::Area { points, fill: Fill { colour: colour::DRAWDOWN, opacity: 0.28 } });
        }
        self.shapes.push(Shape::Line { points: line, stroke: colour::DRAWDOWN, width: 0.9 });
        self.frame(height);
        self.y += height;
    }

    /// A strip of labels, each pixel in the colour of what most of its bars have.
    fn band(&mut self, band: &super::Band) {
        self.y += GAP;
        let mut x = self.label((LEFT, self.y - 8.0), &band.name) + 14.0;
        for label in band.vocabulary.iter().filter(|label| band.labels.contains(&Some(**label))) {
            let fill = Fill::solid(colour::label(band.vocabulary, label));
            x = self.key((x, self.y - 8.0), label, fill) + 12.0;
        }
        let state =
            |bars: std::ops::Range<usize>| decimate::most(band.labels[bars].iter().copied()).flatten();
        for (bars, label) in decimate::stretches(band.labels.len(), columns(), state) {
            if let Some(label) = label {
                self.stretch(bars, BAND, Fill::solid(colour::label(band.vocabulary, label)));
            }
        }
        self.frame(BAND);
        self.y += BAND;
    }

    /// The time axis below the last panel, with rules through all panels.
    fn times(&mut self, top: f64) {
        let bottom = self.y;
        let mut rules = Vec::new();
        for tick in axis::times(&self.chart.times, 13) {
            let x = self.x(tick.at);
            rules.push(Shape::Line { points: vec![(x, top), (x, bottom)], stroke: colour::GRID, width: 0.8 });
            let half = self.font.width(&tick.label, SMALL) / 2.0;
            if x + half <= WIDTH - 2.0 {
                self.words((x, bottom + 17.0), Anchor::Middle, SMALL, &tick.label);
            }
        }
        // Below everything that was drawn before.
        self.shapes.splice(0..0, rules);
        self.y = bottom + 30.0;
    }

    /// A horizontal rule with what it means.
    fn rule(&mut self, y: f64, label: &str, is_origin: bool) {
        let stroke = if is_origin { colour::AXIS } else { colour::GRID };
        self.shapes.push(Shape::Line { points: vec![(LEFT, y), (WIDTH - RIGHT, y)], stroke, width: 0.8 });
        self.words((LEFT - 7.0, y + 4.0), Anchor::End, SMALL, label);
    }

    fn frame(&mut self, height: f64) {
        let (left, right, top, bottom) = (LEFT, WIDTH - RIGHT, self.y, self.y + height);
        let points = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.shapes.push(Shape::Line { points, stroke: colour::AXIS, width: 0.8 });
    }

    /// A filled stretch of bars over the height of a panel.
    fn stretch(&mut self, bars: std::ops::Range<usize>, height: f64, fill: Fill) {
        let (from, to) = (self.edge(bars.start), self.edge(bars.end));
        self.shapes.push(Shape::Rectangle { at: (from, self.y), size: (to - from, height), fill });
    }

    /// A square with its meaning; gives where it ends.
    fn key(&mut self, at: (f64, f64), name: &str, fill: Fill) -> f64 {
        self.shapes.push(Shape::Rectangle { at: (at.0, at.1 - 9.0), size: (10.0, 10.0), fill });
        self.label((at.0 + 15.0, at.1), name)
    }

    /// Small words; gives where they end.
    fn label(&mut self, at: (f64, f64), words: &str) -> f64 {
        self.words(at, Anchor::Start, SMALL, words);
        at.0 + self.font.width(words, SMALL)
    }

    fn words(&mut self, at: (f64, f64), anchor: Anchor, size: f64, words: &str) {
        let (weight, colour, words) = (Weight::Regular, colour::FAINT_INK, words.to_owned());
        self.shapes.push(Shape::Text(Text { at, anchor, size, weight, colour, words }));
    }

    /// The middle of a bar.
    fn x(&self, bar: usize) -> f64 {
        LEFT + (bar as f64 + 0.5) * self.bar_width()
    }

    /// The left edge of a bar.
    fn edge(&self, bar: usize) -> f64 {
        LEFT + bar as f64 * self.bar_width()
    }

    fn bar_width(&self) -> f64 {
        (WIDTH - RIGHT - LEFT) / self.chart.times.len().max(1) as f64
    }
}

/// Columns into which bars are gathered: as many as the finest picture has pixels.
fn columns() -> usize {
    ((WIDTH - RIGHT - LEFT) * super::png::SCALE) as usize
}
