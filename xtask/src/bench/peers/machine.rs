//! The machine that was measured on, as Linux tells it.

use crate::project;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// Processor, cores, memory, system and compiler.
pub(super) fn describe() -> Value {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").and_then(|text| {
        let kibibytes: f64 = text.split_whitespace().next()?.parse().ok()?;
        Some(format!("{:.1} GB", kibibytes * 1024.0 / 1e9))
    });
    json!({
        "processor": field("/proc/cpuinfo", "model name"),
        "cores": cores,
        "level_2_cache": cache(2),
        "level_3_cache": cache(3),
        "memory": memory,
        "system": said("uname", &["-sr"]),
        "compiler": said("rustc", &["--version"]),
    })
}

/// Processes that wanted to run in the last minute, on average.
pub(super) fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

/// The commit that is measured, with a `+` where files differ from it.
pub(super) fn commit() -> Option<String> {
    let commit = said("git", &["rev-parse", "--short", "HEAD"])?;
    let differs =
        !said("git", &["status", "--porcelain", "--untracked-files=no", "--", "crates", "Cargo.lock"])?
            .is_empty();
    Some(commit + if differs { "+" } else { "" })
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The size of a core's cache of this level.
fn cache(level: u32) -> Option<String> {
    let folder = fs::read_dir("/sys/devices/system/cpu/cpu0/cache").ok()?;
    let read = |path: std::path::PathBuf| fs::read_to_string(path).ok().map(|text| text.trim().to_owned());
    let is = |entry: &fs::DirEntry| {
        read(entry.path().join("level")).is_some_and(|found| found == level.to_string())
    };
    read(folder.flatten().find(is)?.path().join("size"))
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(project::root()).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
