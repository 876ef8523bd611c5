//! What fuzzing feeds with bytes: one file per kind of input that comes from outside, each a function that panics when
//! ADMF misbehaves. `fuzz/` calls them with new bytes, a test of this crate with the corpus that was kept.
//!
//! Refusing an input is right. Wrong is to panic, to hang, and to point outside of the text in a message.

mod metadata;
mod prices;
mod rules;
mod spec;
mod workspace;

use admf_store::Workspace;
use admf_workflow::{Snippet, WorkflowError};
use std::fs;
use std::path::Path;

/// What is tried: a folder for its files, and the bytes.
pub type Target = fn(&Path, &[u8]);

/// Every target by the name of its corpus.
pub const TARGETS: [(&str, Target); 5] = [
    ("metadata", metadata::metadata),
    ("prices", prices::prices),
    ("rules", rules::rules),
    ("spec", spec::spec),
    ("workspace", workspace::workspace),
];

/// Tries bytes on a target.
///
/// # Panics
/// When ADMF misbehaves on them, and for the name of no target.
pub fn try_on(target: &str, folder: &Path, bytes: &[u8]) {
    let found = TARGETS.iter().find(|(name, _)| *name == target);
    found.expect("the caller names one of TARGETS").1(folder, bytes);
}

/// Longest message of one problem that a person can read.
const MOST_BYTES: usize = 4_000;

/// Panics over an error that cannot be shown: a place that is not in the text, or a message without end or bounds.
fn assert_sound(error: &WorkflowError) {
    match error {
        WorkflowError::Inputs { errors, found, .. } => {
            assert!(!errors.is_empty() && errors.len() <= *found, "{found} problems, {} told", errors.len());
            errors.iter().for_each(assert_sound);
        }
        WorkflowError::Input { snippet: at, .. } => {
            let Snippet { text, start, end, .. } = &**at;
            assert!(start <= end && text.get(*start..*end).is_some(), "{start}..{end} is not in `{text}`");
        }
        _ => {}
    }
    let message = error.to_string();
    assert!(!message.is_empty() && message.len() <= MOST_BYTES, "a message of {} bytes", message.len());
}

/// The workspace in a folder of the target, made where it is not there yet.
fn workspace_in(folder: &Path) -> Workspace {
    let root = folder.join("workspace");
    Workspace::open(&root).or_else(|_| Workspace::init(&root)).expect("the folder can be written")
}

/// Writes files with the parts of an input, one after the other as long as there are parts: they are divided by lines
/// of `====`.
fn write_parts(folder: &Path, names: &[&str], bytes: &[u8]) {
    const DIVIDER: &[u8] = b"\n====\n";
    let mut rest = Some(bytes);
    for name in names {
        let Some(part) = rest else { return };
        let at = part.windows(DIVIDER.len()).position(|window| window == DIVIDER);
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file in the folder")).expect("the folder can be written");
        fs::write(path, &part[..at.unwrap_or(part.len())]).expect("the folder can be written");
        rest = at.map(|at| &part[at + DIVIDER.len()..]);
    }
}

/// Empties a folder, so that one input knows nothing of the one before.
fn fresh(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the folder can be removed");
    }
    fs::create_dir_all(folder).expect("the folder can be written");
}
