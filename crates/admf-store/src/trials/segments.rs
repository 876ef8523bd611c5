//! The files of a ledger: how they are named and numbered, and how their damage is noticed.
//!
//! A name holds the ordinal and a checksum of the bytes: `00000003-8c1f2ab97d04e653.parquet`. The file `lock` beside them
//! holds the highest ordinal that was ever given, so that a last segment which is gone is missed as well. Segments that
//! were written before names had checksums are read and decoded instead.

use super::TrialRow;
use crate::durable;
use crate::error::{Result, StoreError};
use crate::parquet_file::{self, ParquetRows};
use admf_model::ContentHash;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Digits of a checksum in a name: as many as keep chance from ever making two files agree.
const DIGITS: usize = 16;
/// Ending of a damaged segment whose place another one has taken.
const SET_ASIDE: &str = ".damaged";
/// In the name of a segment that stands for one that was lost.
const RESTORED: &str = "restored";

/// A segment, by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub(super) ordinal: u64,
    pub(super) path: PathBuf,
    /// True when it stands for one that was lost.
    pub(super) restored: bool,
    checksum: Option<String>,
}

/// What is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerFault {
    /// A segment is not what was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Segments with these ordinals are gone, from the first to the last.
    Missing {
        /// The ledger.
        folder: PathBuf,
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// There is no ledger, though runs were counted in it.
    Gone {
        /// Where it should be.
        folder: PathBuf,
    },
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { path, reason } => write!(f, "{} is damaged: {reason}", path.display()),
            Self::Missing { folder, first, last } if first == last => {
                write!(f, "segment {first:08} of {} is gone", folder.display())
            }
            Self::Missing { folder, first, last } => {
                write!(f, "segments {first:08} to {last:08} of {} are gone", folder.display())
            }
            Self::Gone { folder } => {
                write!(f, "{} is gone, though complete runs were counted in it", folder.display())
            }
        }
    }
}

impl LedgerFault {
    /// The error for those who cannot go on with it.
    pub(super) fn error(self, family: &str) -> StoreError {
        StoreError::Ledger { family: family.to_owned(), fault: self }
    }
}

impl Segment {
    /// `None` for a name that is not one of a segment.
    fn of(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".parquet")?.to_owned();
        let mut parts = name.split('-').peekable();
        let ordinal = parts.next()?.parse().ok()?;
        let restored = parts.next_if_eq(&RESTORED).is_some();
        let checksum = parts.next().map(str::to_owned);
        let is_digits = |text: &String| text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit());
        if parts.next().is_some() || !checksum.iter().all(is_digits) {
            return None;
        }
        Some(Self { ordinal, path, restored, checksum })
    }

    /// What is wrong with the file, if anything.
    pub(super) fn fault(&self) -> Result<Option<LedgerFault>> {
        let damaged = |reason| Some(LedgerFault::Damaged { path: self.path.clone(), reason });
        let Some(expected) = &self.checksum else {
            return Ok(self.decode(|_| ()).err().and_then(|error| damaged(with_cause(&error))));
        };
        let bytes = fs::read(&self.path).map_err(StoreError::io("read", &self.path))?;
        let found = checksum(&bytes);
        Ok(if found == *expected {
            None
        } else if bytes.is_empty() {
            damaged("it is empty".to_owned())
        } else {
            damaged(format!("its name says checksum {expected}, its {} bytes have {found}", bytes.len()))
        })
    }

    fn decode(&self, mut take: impl FnMut(Vec<TrialRow>)) -> Result<()> {
        ParquetRows::<TrialRow>::open(&self.path)?.try_for_each(|rows| rows.map(&mut take))
    }

    /// Hands over its rows in order, once it is known to be what was written.
    pub(super) fn read(&self, family: &str, take: impl FnMut(Vec<TrialRow>)) -> Result<()> {
        let damaged = |error: StoreError| {
            LedgerFault::Damaged { path: self.path.clone(), reason: with_cause(&error) }.error(family)
        };
        match self.checksum {
            // What has no checksum shows damage when it is decoded.
            None => self.decode(take).map_err(damaged),
            Some(_) => match self.fault()? {
                Some(fault) => Err(fault.error(family)),
                None => self.decode(take).map_err(damaged),
            },
        }
    }

    /// Gives the damaged file a name that is no segment's.
    pub(super) fn set_aside(&self) -> Result<PathBuf> {
        let mut aside = self.path.clone().into_os_string();
        aside.push(SET_ASIDE);
        let aside = PathBuf::from(aside);
        durable::rename(&self.path, &aside)?;
        Ok(aside)
    }
}

fn with_cause(error: &StoreError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), |cause| cause.to_string())
}

fn checksum(bytes: &[u8]) -> String {
    let mut digits = ContentHash::of(&[bytes]).to_string();
    digits.truncate(DIGITS);
    digits
}

/// Writes a segment durably.
pub(super) fn write(folder: &Path, ordinal: u64, family: &str, rows: &[TrialRow]) -> Result<()> {
    let bytes = parquet_file::encode(rows, &[("family", family.to_owned())])?;
    durable::write(&folder.join(format!("{ordinal:08}-{}.parquet", checksum(&bytes))), &bytes)
}

/// Writes a segment in the place of one that was lost.
pub(super) fn write_restored(folder: &Path, ordinal: u64, family: &str, rows: &[TrialRow]) -> Result<()> {
    let bytes = parquet_file::encode(rows, &[("family", family.to_owned())])?;
    durable::write(&folder.join(format!("{ordinal:08}-{RESTORED}-{}.parquet", checksum(&bytes))), &bytes)
}

/// The right to add segments, for as long as it is held.
pub(super) struct Appending {
    lock: File,
}

impl Appending {
    /// Waits for others that add segments.
    pub(super) fn wait(folder: &Path) -> Result<Self> {
        durable::create_folders(folder)?;
        let path = folder.join("lock");
        let lock = File::options().create(true).write(true).truncate(false).open(&path);
        let lock = lock.map_err(StoreError::io("create", &path))?;
        lock.lock().map_err(StoreError::io("lock", &path))?;
        Ok(Self { lock })
    }

    /// Notes that ordinals up to this one were given.
    pub(super) fn note(mut self, ordinal: u64) {
        // A lower number than is true hides at most that a segment is gone which was just written.
        let _ = write!(self.lock, "{ordinal:08}");
    }
}

/// The highest ordinal that was noted; 0 where none is.
pub(super) fn noted(folder: &Path) -> u64 {
    fs::read_to_string(folder.join("lock")).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// Segments, oldest first, and what is missing between them. Unfinished ones are not listed, nor those whose place was
/// taken; a foreign file is an error.
pub(super) fn list(folder: &Path) -> Result<(Vec<Segment>, Vec<LedgerFault>)> {
    let look = || {
        // First, so that segments that are added meanwhile are not missed.
        let noted = noted(folder);
        entries(folder).map(|segments| (gaps(folder, &segments, noted), segments))
    };
    let (gaps, segments) = look()?;
    if gaps.is_empty() {
        return Ok((segments, gaps));
    }
    // A folder that is listed while segments are added may show a later one and not an earlier one.
    let lock = File::open(folder.join("lock")).ok();
    let _held = lock.as_ref().and_then(|lock| lock.lock_shared().ok());
    look().map(|(gaps, segments)| (segments, gaps))
}

pub(super) fn entries(folder: &Path) -> Result<Vec<Segment>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io("read folder", folder)(e)),
    };
    let mut segments = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::io("read folder", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "lock" || durable::is_temporary(&name) || name.ends_with(SET_ASIDE) {
            continue;
        }
        segments.push(Segment::of(path.clone()).ok_or_else(|| StoreError::Damaged {
            path,
            reason: "it is not a segment of the trial ledger: move it elsewhere".to_owned(),
        })?);
    }
    segments.sort();
    Ok(segments)
}

pub(super) fn gaps(folder: &Path, segments: &[Segment], noted: u64) -> Vec<LedgerFault> {
    let there: BTreeSet<u64> = segments.iter().map(|segment| segment.ordinal).collect();
    let end = there.last().copied().unwrap_or(0).max(noted) + 1;
    let (mut gaps, mut next) = (Vec::new(), 1);
    for ordinal in there.into_iter().chain([end]) {
        if ordinal > next {
            gaps.push(LedgerFault::Missing { folder: folder.to_owned(), first: next, last: ordinal - 1 });
        }
        next = ordinal + 1;
    }
    gaps
}
