use super::{FORMAT, Workspace};
use crate::error::StoreError;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

#[test]
fn a_workspace_is_found_from_inside() {
    let folder = tempdir().unwrap();
    let root = folder.path().join("desk");
    assert!(matches!(Workspace::open(&root), Err(StoreError::NoWorkspace { .. })));
    let workspace = Workspace::init(&root).unwrap();
    assert_eq!(workspace.settings().format, FORMAT);
    let inside = root.join("market").join("spx");
    fs::create_dir_all(&inside).unwrap();
    assert_eq!(Workspace::find(&inside).unwrap().root(), root.canonicalize().unwrap());
    assert!(matches!(Workspace::find(folder.path()), Err(StoreError::NoWorkspace { .. })));
}

#[test]
fn a_workspace_is_not_made_twice() {
    let folder = tempdir().unwrap();
    Workspace::init(folder.path()).unwrap();
    let error = Workspace::init(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("is a workspace already"), "{error}");
}

#[test]
fn names_cannot_leave_the_workspace() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    assert!(workspace.dataset("../runs").is_err());
    assert!(workspace.trials("../../etc").starts_with(workspace.library().join("trials")));
    assert_eq!(workspace.trials("..").parent().unwrap(), workspace.library().join("trials"));
}

/// The error for this `admf.toml`, without the folder's name.
fn error(settings: &str) -> String {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("admf.toml"), settings).unwrap();
    let text = Workspace::open(folder.path()).unwrap_err().to_string();
    let at = Path::new(folder.path()).display().to_string();
    text.replace(&at, "here")
}

#[test]
fn a_newer_format_says_which_admf_reads_it() {
    let here = env!("CARGO_PKG_VERSION");
    assert_eq!(
        error("format = 7\nmade_by = \"3.1.0\"\nshards = 4\n"),
        format!(
            "here has format 7, made by ADMF 3.1.0; this is ADMF {here}, which reads up to format 1: \
             install ADMF 3.1.0 or newer"
        )
    );
}

#[test]
fn settings_that_cannot_be_read_are_named_by_line() {
    assert_eq!(
        error("# x\nformat: 1\n"),
        "here/admf.toml, line 2: this is not TOML: key with no value, expected `=`"
    );
    assert_eq!(
        error("format = \"one\"\n"),
        "here/admf.toml, line 1: `format` is `\"one\"`, not a whole number"
    );
    assert_eq!(
        error("made_by = \"1\"\n"),
        "here/admf.toml, line 1: `format` is missing: add the line `format = 1`"
    );
    assert!(error("format = 1\nfromat = 2\n").contains("line 2: unknown key `fromat`"));
}
