//! Names that become files and folders: checked once, so that no name can reach outside its folder.

use admf_model::ContentHash;

/// What a name stands for, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A dataset.
    Dataset,
    /// A family of datasets.
    Family,
    /// A type of strategies.
    Strategy,
    /// A type of classifiers.
    Classifier,
}

impl NameKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Family => "family",
            Self::Strategy => "strategy",
            Self::Classifier => "classifier",
        }
    }
}

/// A name that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{}` cannot be the name of a {}: use 1 to 64 letters, digits, `_`, `-` or `.`, beginning with a letter or digit",
    name.escape_debug(), kind.word()
)]
pub struct NameError {
    /// What it was meant for.
    pub kind: NameKind,
    /// The refused name.
    pub name: String,
}

/// Names of devices on Windows, whatever their extension: a workspace can be moved between systems.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Returns the name if it is safe as a file name on every system.
pub fn check(kind: NameKind, name: &str) -> Result<&str, NameError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    let safe = (1..=64).contains(&name.len())
        && name.bytes().all(plain)
        && name.as_bytes()[0].is_ascii_alphanumeric()
        && !name.ends_with('.')
        && !RESERVED.contains(&stem.as_str())
        && !numbered;
    if safe { Ok(name) } else { Err(NameError { kind, name: name.to_owned() }) }
}

/// A folder name for any text: the text itself where it is safe, else its safe characters with a hash of the whole
/// behind a `~`, which no safe name contains, so that different texts never share a folder.
pub fn folder(text: &str) -> String {
    if check(NameKind::Dataset, text).is_ok() {
        return text.to_owned();
    }
    let readable: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    format!("{readable}~{}", ContentHash::of(&[text.as_bytes()]))
}

#[cfg(test)]
mod tests;
