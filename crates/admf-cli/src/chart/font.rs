//! The bundled font: how wide words are, and the outlines of their letters. What it lacks is left blank.

use super::scene::Weight;
use ttf_parser::{Face, GlyphId};

const REGULAR: &[u8] = include_bytes!("../../fonts/Roboto-Regular.ttf");
const MEDIUM: &[u8] = include_bytes!("../../fonts/Roboto-Medium.ttf");

/// A weight of the font.
pub(super) struct Font(Face<'static>);

impl Font {
    pub(super) fn new(weight: Weight) -> Self {
        let bytes = match weight {
            Weight::Regular => REGULAR,
            Weight::Medium => MEDIUM,
        };
        Self(Face::parse(bytes, 0).expect("the bundled font is one"))
    }

    /// Width of words at a size, in pixels.
    pub(super) fn width(&self, words: &str, size: f64) -> f64 {
        words.chars().map(|letter| self.advance(self.glyph(letter))).sum::<f64>() * self.scale(size)
    }

    /// Calls `each` with every glyph and its place from the beginning of the words, in pixels.
    pub(super) fn place(&self, words: &str, size: f64, mut each: impl FnMut(&Face<'static>, GlyphId, f64)) {
        let mut x = 0.0;
        for glyph in words.chars().map(|letter| self.glyph(letter)) {
            each(&self.0, glyph, x * self.scale(size));
            x += self.advance(glyph);
        }
    }

    /// Pixels per unit of the font.
    pub(super) fn scale(&self, size: f64) -> f64 {
        size / f64::from(self.0.units_per_em())
    }

    fn glyph(&self, letter: char) -> GlyphId {
        self.0.glyph_index(letter).or_else(|| self.0.glyph_index(' ')).unwrap_or(GlyphId(0))
    }

    fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.0.glyph_hor_advance(glyph).unwrap_or(0))
    }
}
