use super::{DurableFile, is_temporary, temporary_sibling, write};
use std::fs;
use std::io::Write;
use tempfile::tempdir;

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
