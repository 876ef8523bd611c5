//! How much memory there is.

/// What may be taken where nobody says how much and the system does not say what it has.
const USUAL: u64 = 4 << 30;

/// Bytes that a job may take where nobody says how much: half of what is available.
pub(crate) fn share() -> u64 {
    available().map_or(USUAL, |bytes| bytes / 2)
}

/// Bytes that can be taken without writing anything to disk; `None` where the system does not say.
fn available() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// `1.2 GB`, `350 MB`.
pub(crate) fn size(bytes: u64) -> String {
    let megabytes = bytes as f64 / 1e6;
    if megabytes < 1000.0 { format!("{megabytes:.0} MB") } else { format!("{:.1} GB", megabytes / 1000.0) }
}
