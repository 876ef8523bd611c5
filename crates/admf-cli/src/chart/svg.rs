//! A scene as SVG: the same scene gives the same bytes.

use super::scene::{Anchor, Fill, Scene, Shape, Text, Weight};
use std::fmt::Write;

/// The whole file.
pub(super) fn text(scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Roboto, Helvetica, Arial, sans-serif\">\n"
    );
    for shape in &scene.shapes {
        svg += &element(shape);
        svg.push('\n');
    }
    svg + "</svg>\n"
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Rectangle { at, size, fill } => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>",
            number(at.0),
            number(at.1),
            number(size.0),
            number(size.1),
            filled(*fill)
        ),
        Shape::Line { points, stroke, width } => format!(
            "<path d=\"{}\" fill=\"none\" stroke=\"#{stroke:06x}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
            path(points),
            number(*width)
        ),
        Shape::Area { points, fill } => format!("<path d=\"{}Z\" {}/>", path(points), filled(*fill)),
        Shape::Text(text) => words(text),
    }
}

fn words(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if text.weight == Weight::Medium { " font-weight=\"500\"" } else { "" };
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"#{:06x}\"{anchor}{weight}>{}</text>",
        number(text.at.0),
        number(text.at.1),
        number(text.size),
        text.colour,
        escaped(&text.words)
    )
}

fn filled(fill: Fill) -> String {
    let colour = format!("fill=\"#{:06x}\"", fill.colour);
    if fill.opacity < 1.0 { format!("{colour} fill-opacity=\"{}\"", number(fill.opacity)) } else { colour }
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let command = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", number(*x), number(*y));
    }
    path
}

/// A tenth of a pixel is enough; whole numbers without decimals. Opacities need a second digit.
fn number(value: f64) -> String {
    let text = if value.abs() < 1.0 { format!("{value:.2}") } else { format!("{value:.1}") };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(text, "" | "-0" | "-") { "0".to_owned() } else { text.to_owned() }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
