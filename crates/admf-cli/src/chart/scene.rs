//! Shapes on a page: what a chart is before it is written as SVG or PNG. Lengths are pixels, y grows downwards.

/// A colour, `0xRRGGBB`.
pub(super) type Colour = u32;

/// A page of shapes, drawn in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) shapes: Vec<Shape>,
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A filled rectangle.
    Rectangle { at: (f64, f64), size: (f64, f64), fill: Fill },
    /// A line through points.
    Line { points: Vec<(f64, f64)>, stroke: Colour, width: f64 },
    /// A filled area.
    Area { points: Vec<(f64, f64)>, fill: Fill },
    /// Words.
    Text(Text),
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fill {
    pub(super) colour: Colour,
    /// From 0 to 1.
    pub(super) opacity: f64,
}

/// Words on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    /// Where the baseline begins, ends or has its middle.
    pub(super) at: (f64, f64),
    pub(super) anchor: Anchor,
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) colour: Colour,
    pub(super) words: String,
}

/// Which part of a text is where it is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How bold letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Medium,
}

impl Fill {
    pub(super) const fn solid(colour: Colour) -> Self {
        Self { colour, opacity: 1.0 }
    }
}
