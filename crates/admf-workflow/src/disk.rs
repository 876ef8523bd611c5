//! How much room there is.

use std::path::Path;

/// Free bytes of the volume that holds a folder; `None` where the system does not say.
#[cfg(unix)]
pub(crate) fn free_space(folder: &Path) -> Option<u64> {
    let volume = rustix::fs::statvfs(folder).ok()?;
    volume.f_bavail.checked_mul(volume.f_frsize)
}

/// Free bytes of the volume that holds a folder; `None` where the system does not say.
#[cfg(not(unix))]
pub(crate) fn free_space(_folder: &Path) -> Option<u64> {
    None
}
