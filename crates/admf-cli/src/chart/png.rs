//! A scene as PNG, at twice its size for sharp screens.

use super::font::Font;
use super::scene::{Anchor, Colour, Fill, Scene, Shape, Text, Weight};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};
use ttf_parser::OutlineBuilder;

/// Pixels of the file per pixel of the scene.
pub(super) const SCALE: f64 = 2.0;

/// The whole file.
pub(super) fn bytes(scene: &Scene) -> Vec<u8> {
    let side = |length: f64| (length * SCALE).ceil() as u32;
    let pixmap = Pixmap::new(side(scene.width), side(scene.height));
    let mut canvas = Canvas {
        pixmap: pixmap.expect("a page has a size: see layout"),
        regular: Font::new(Weight::Regular),
        medium: Font::new(Weight::Medium),
    };
    scene.shapes.iter().for_each(|shape| canvas.draw(shape));
    canvas.pixmap.encode_png().expect("a picture in memory can be written to memory")
}

struct Canvas {
    pixmap: Pixmap,
    regular: Font,
    medium: Font,
}

impl Canvas {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Rectangle { at, size, fill } => {
                let rect = Rect::from_xywh(at.0 as f32, at.1 as f32, size.0 as f32, size.1 as f32);
                if let Some(rect) = rect {
                    self.pixmap.fill_rect(rect, &paint(*fill), zoom(), None);
                }
            }
            Shape::Line { points, stroke, width } => {
                let round = Stroke {
                    width: *width as f32,
                    line_cap: LineCap::Round,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                };
                if let Some(path) = path(points, false) {
                    self.pixmap.stroke_path(&path, &paint(Fill::solid(*stroke)), &round, zoom(), None);
                }
            }
            Shape::Area { points, fill } => {
                if let Some(path) = path(points, true) {
                    self.pixmap.fill_path(&path, &paint(*fill), FillRule::Winding, zoom(), None);
                }
            }
            Shape::Text(text) => self.words(text),
        }
    }

    fn words(&mut self, text: &Text) {
        let font = if text.weight == Weight::Medium { &self.medium } else { &self.regular };
        let width = font.width(&text.words, text.size);
        let start = match text.anchor {
            Anchor::Start => text.at.0,
            Anchor::Middle => text.at.0 - width / 2.0,
            Anchor::End => text.at.0 - width,
        };
        let mut letters =
            Letters { path: PathBuilder::new(), x: 0.0, y: text.at.1, scale: font.scale(text.size) };
        font.place(&text.words, text.size, |face, glyph, x| {
            letters.x = start + x;
            face.outline_glyph(glyph, &mut letters);
        });
        if let Some(path) = letters.path.finish() {
            self.pixmap.fill_path(&path, &paint(Fill::solid(text.colour)), FillRule::Winding, zoom(), None);
        }
    }
}

fn zoom() -> Transform {
    Transform::from_scale(SCALE as f32, SCALE as f32)
}

fn paint(fill: Fill) -> Paint<'static> {
    let [_, red, green, blue] = Colour::to_be_bytes(fill.colour);
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (fill.opacity * 255.0).round() as u8);
    paint
}

fn path(points: &[(f64, f64)], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if at == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

/// Collects outlines, which are in units of the font with y upwards.
struct Letters {
    path: PathBuilder,
    x: f64,
    y: f64,
    scale: f64,
}

impl Letters {
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        ((self.x + f64::from(x) * self.scale) as f32, (self.y - f64::from(y) * self.scale) as f32)
    }
}

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.point(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.point(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.point(x1, y1), self.point(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
