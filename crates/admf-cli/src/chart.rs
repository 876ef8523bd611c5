//! The chart of a strategy: equity beside buy-and-hold, drawdown, when it held a position, and regimes.
//!
//! What is drawn is plain data. It becomes shapes once ([`layout`]), which are written as SVG or PNG, or characters
//! ([`terminal`]).

mod axis;
mod colours;
mod decimate;
mod font;
mod layout;
mod png;
mod scene;
mod svg;
pub(crate) mod terminal;

pub(crate) use axis::percent;

use crate::failure::Failure;
use admf_model::Timestamp;
use std::path::Path;

/// What a chart shows. Vectors have one entry per bar.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// What it is about.
    pub title: String,
    /// What must be known to read it, a line each.
    pub subtitles: Vec<String>,
    /// Closing times of the bars.
    pub times: Vec<Timestamp>,
    /// Starting capital.
    pub capital: f64,
    /// Equity at the close.
    pub equity: Vec<f64>,
    /// Equity of buying and holding.
    pub baseline: Vec<f64>,
    /// Fall of equity from its running peak, positive fractions.
    pub drawdown: Vec<f64>,
    /// Units held, negative when short.
    pub units: Vec<f64>,
    /// Labels of classifiers.
    pub bands: Vec<Band>,
    /// How equity is scaled.
    pub scale: Scale,
}

/// The labels of one classifier.
#[derive(Clone, Debug)]
pub(crate) struct Band {
    /// Its name.
    pub name: String,
    /// Its labels, in the order of the vocabulary.
    pub vocabulary: &'static [&'static str],
    /// The label of each bar, `None` where undefined.
    pub labels: Vec<Option<&'static str>>,
}

/// How equity is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Scale {
    /// Logarithmic where the largest value is more than ten times the smallest
    Auto,
    /// Equal distances are equal sums
    Linear,
    /// Equal distances are equal returns
    Log,
}

impl Chart {
    /// Growth of the capital, 1 at the beginning: what the equity axis shows.
    fn growth<'a>(&'a self, equity: &'a [f64]) -> impl Iterator<Item = f64> + Clone + 'a {
        equity.iter().map(|equity| equity / self.capital)
    }

    /// Smallest and largest growth of both lines, the beginning included.
    fn range(&self) -> (f64, f64) {
        let all = self.growth(&self.equity).chain(self.growth(&self.baseline));
        all.fold((1.0, 1.0), |(low, high), growth| (growth.min(low), growth.max(high)))
    }

    /// Whether the axis is logarithmic. Equity that is gone has no logarithm.
    fn is_log(&self) -> bool {
        let (low, high) = self.range();
        match self.scale {
            Scale::Linear => false,
            Scale::Log => low > 0.0,
            Scale::Auto => low > 0.0 && high > 10.0 * low,
        }
    }
}

/// Writes a chart; the ending of the file says how.
pub(crate) fn write(path: &Path, chart: &Chart) -> Result<(), Failure> {
    let bytes = match ending(path)? {
        Ending::Svg => svg::text(&layout::scene(chart)).into_bytes(),
        Ending::Png => png::bytes(&layout::scene(chart)),
    };
    admf_workflow::export::export_text(path, &bytes).map_err(|error| Failure::file("write", path, &error))
}

/// Says that a chart cannot be written to this file, before anything is computed.
pub(crate) fn check(path: &Path) -> Result<(), Failure> {
    ending(path).map(drop)
}

enum Ending {
    Svg,
    Png,
}

fn ending(path: &Path) -> Result<Ending, Failure> {
    match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("svg") => Ok(Ending::Svg),
        Some("png") => Ok(Ending::Png),
        _ => Err(Failure::usage(&format!("cannot tell how to draw `{}`", path.display()))
            .with_help("a chart is written as .svg or .png: end the file's name so")),
    }
}

#[cfg(test)]
mod tests;
