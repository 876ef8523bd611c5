//! Notices that files of prices were changed while they were read: what was read then is of no moment.

use super::error::MarketError;
use super::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a file was like when reading began.
#[derive(PartialEq)]
struct Seen {
    bytes: u64,
    /// Since 1970; undefined where the system does not tell.
    modified: Option<Duration>,
}

impl Seen {
    /// `None` for what is no file, such as a pipe.
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        Some(Self { bytes: metadata.len(), modified })
    }
}

/// Files that must stay as they are.
pub(super) struct Watch(Vec<(PathBuf, Seen)>);

impl Watch {
    /// Before anything is read.
    pub(super) fn begin(sources: &[Source]) -> Self {
        let paths = sources.iter().filter_map(Source::disk_path);
        Self(paths.filter_map(|path| Some((path.to_owned(), Seen::of(path)?))).collect())
    }

    /// After all is read, whatever came of it: a file that changes may also seem to be damaged.
    pub(super) fn end<T>(self, read: Result<T, MarketError>) -> Result<T, MarketError> {
        let changed = self.0.into_iter().find(|(path, seen)| Seen::of(path).as_ref() != Some(seen));
        match changed {
            Some((path, _)) => Err(MarketError::Changed { file: path.display().to_string() }),
            None => read,
        }
    }
}
