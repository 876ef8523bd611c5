//! The commands that hints name, written so that they work pasted from where the user stands.

use std::path::{Path, PathBuf};

/// A command of this program; `words` is what follows its name, as a shell wants it.
pub(crate) fn command(workspace: Option<&Path>, words: &str) -> String {
    match workspace {
        Some(folder) => format!("{} -w {} {words}", program(), quoted(&folder.display().to_string())),
        None => format!("{} {words}", program()),
    }
}

/// This program as the user has to call it: as whoever started it says in `ADMF_PROGRAM`, else by its path when it was
/// called by one, which may not be where the shell looks.
fn program() -> String {
    if let Ok(program) = std::env::var("ADMF_PROGRAM") {
        return program;
    }
    let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    if called.components().count() < 2 {
        return "admf".to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    match called.strip_prefix(&here) {
        Ok(below) if below.components().count() > 1 => quoted(&below.display().to_string()),
        _ => quoted(&called.display().to_string()),
    }
}

/// This program as another program can start it.
pub(crate) fn called() -> String {
    let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    let is_path = called.components().count() > 1;
    let whole = is_path.then(|| std::path::absolute(&called).ok()).flatten();
    whole.unwrap_or_else(|| PathBuf::from("admf")).display().to_string()
}

/// A word as a shell wants it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@:=,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains('\'') {
        format!("\"{word}\"")
    } else {
        format!("'{word}'")
    }
}
