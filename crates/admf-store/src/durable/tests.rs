use super::{
    DurableFile, create_folder, create_folders, folder_of, is_temporary, rename, temporary_sibling, write,
};
use std::cell::RefCell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

thread_local! {
    /// Folders synced by this test: whether a name is durable cannot be seen otherwise without cutting the power.
    static SYNCED: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn note_synced(folder: &Path) {
    SYNCED.with_borrow_mut(|synced| synced.push(folder.to_owned()));
}

/// The folders that are synced by `work`.
pub(crate) fn synced_by(work: impl FnOnce()) -> Vec<PathBuf> {
    SYNCED.take();
    work();
    SYNCED.take()
}

#[test]
fn the_name_of_every_folder_created_is_made_durable() {
    let folder = tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let synced = synced_by(|| create_folders(&at("a/b/c")).unwrap());
    assert_eq!(synced, [folder.path().to_owned(), at("a"), at("a/b")]);
    assert!(at("a/b/c").is_dir());
    assert!(synced_by(|| create_folders(&at("a/b/c")).unwrap()).is_empty());

    assert_eq!(synced_by(|| assert!(create_folder(&at("a/d")).unwrap())), [at("a")]);
    assert!(!create_folder(&at("a/d")).unwrap());

    fs::write(at("a/file"), "").unwrap();
    let error = create_folders(&at("a/file")).unwrap_err().to_string();
    assert!(error.starts_with("cannot create folder ") && error.ends_with("file"), "{error}");
}

#[test]
fn the_folder_of_a_bare_name_is_the_current_one() {
    assert_eq!(folder_of(Path::new("a.json")), Path::new("."));
    assert_eq!(folder_of(Path::new("a/b.json")), Path::new("a"));
    assert_eq!(folder_of(Path::new("/a")), Path::new("/"));
    let (from, to) = (".a-bare-name.tmp", ".another-bare-name.tmp");
    fs::write(from, "").unwrap();
    let renamed = rename(Path::new(from), Path::new(to));
    fs::remove_file(to).unwrap();
    renamed.unwrap();
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.json");
    write(&path, b"first").unwrap();
    let mut second = DurableFile::create(&path).unwrap();
    second.write_all(b"sec").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"first");
    drop(second);
    assert_eq!(fs::read(&path).unwrap(), b"first");
    write(&path, b"second").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn what_cannot_be_committed_leaves_nothing() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.json");
    // A folder in the place of the file cannot be replaced by it.
    fs::create_dir_all(path.join("inner")).unwrap();
    assert!(write(&path, b"contents").is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_link_of_the_temporary_name_is_replaced_and_not_followed() {
    let folder = tempdir().unwrap();
    let (path, outside) = (folder.path().join("a.json"), folder.path().join("outside"));
    fs::write(&outside, "kept").unwrap();
    for target in [&outside, &folder.path().join("nowhere")] {
        std::os::unix::fs::symlink(target, temporary_sibling(&path)).unwrap();
        write(&path, b"contents").unwrap();
        assert!(!path.is_symlink() && fs::read(&path).unwrap() == b"contents");
    }
    assert_eq!(fs::read_to_string(outside).unwrap(), "kept");
    assert!(!folder.path().join("nowhere").exists());
}

#[test]
fn temporary_names_are_told_from_others() {
    let name =
        |path: &str| temporary_sibling(path.as_ref()).file_name().unwrap().to_string_lossy().into_owned();
    assert!(is_temporary(&name("x/strategies.parquet")));
    assert!(!is_temporary("strategies.parquet") && !is_temporary(".lock"));
}

#[test]
fn errors_name_the_file() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("missing").join("a.json");
    let error = write(&path, b"").unwrap_err().to_string();
    assert!(error.starts_with("cannot create ") && error.contains("missing"), "{error}");
}
