//! The few colours that everything uses.

use clap::builder::styling::{AnsiColor, Style, Styles};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const COMMAND: Style = AnsiColor::Cyan.on_default();

/// The same for help texts.
pub(crate) const CLAP: Styles = Styles::styled()
    .header(BOLD)
    .usage(BOLD)
    .literal(COMMAND)
    .placeholder(DIM)
    .error(BAD)
    .valid(COMMAND)
    .invalid(WARNING);

/// A text in a style where colour is wanted, else the text alone.
pub(crate) fn paint(colour: bool, style: Style, text: &str) -> String {
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
