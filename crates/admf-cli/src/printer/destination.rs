//! The format of results and where they go, decided before any work is done.

use super::table::Layout;
use crate::args::{Colour, Format, Global};
use crate::failure::Failure;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Where results go and how they look there.
pub(crate) struct Destination {
    /// How results are written.
    pub format: Format,
    /// The file, standard output without one.
    pub file: Option<PathBuf>,
    /// Standard output is a terminal and takes the results.
    pub is_terminal: bool,
    colour: bool,
}

impl Destination {
    /// From the options, the ending of the file, and what standard output is.
    pub(crate) fn resolve(global: &Global) -> Result<Self, Failure> {
        let file = global.output.clone().filter(|path| path.as_os_str() != "-");
        let is_terminal = file.is_none() && std::io::stdout().is_terminal();
        let format = match (global.format, &file) {
            (Some(format), _) => format,
            (None, Some(path)) => format_of(path)?,
            (None, None) if is_terminal => Format::Table,
            (None, None) => Format::Csv,
        };
        if format == Format::Parquet && file.is_none() {
            return Err(Failure::usage("Parquet is binary and needs a file")
                .with_help("add -o FILE, such as -o result.parquet"));
        }
        if let Some(folder) = file.as_deref().and_then(Path::parent)
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(Failure::usage(&format!("there is no folder `{}`", folder.display()))
                .with_help("create it first, or choose another place with -o"));
        }
        let colour = is_terminal && uses_colour(global.color, is_terminal) || global.color == Colour::Always;
        Ok(Self { format, colour: colour && file.is_none(), file, is_terminal })
    }

    /// How wide tables may be and whether they have colour.
    pub(super) fn layout(&self) -> Layout {
        let width = self.is_terminal.then(|| console::Term::stdout().size_checked()).flatten();
        Layout { width: width.map(|(_, columns)| usize::from(columns)), colour: self.colour }
    }
}

/// The format that a file's ending says.
fn format_of(path: &Path) -> Result<Format, Failure> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(Format::Csv),
        "json" => Ok(Format::Json),
        "jsonl" | "ndjson" => Ok(Format::Jsonl),
        "parquet" => Ok(Format::Parquet),
        "txt" => Ok(Format::Table),
        _ => Err(Failure::usage(&format!(
            "the ending of {} does not say which format to write",
            path.display()
        ))
        .with_help("end it in .csv, .json, .jsonl, .parquet or .txt, or add --format")),
    }
}

/// Colour as asked for; on a terminal by default, unless NO_COLOR is set or the terminal has none.
pub(super) fn uses_colour(choice: Colour, is_terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            is_terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
        }
    }
}

#[cfg(test)]
mod tests;
