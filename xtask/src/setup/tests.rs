use super::*;

fn library_with(sha256: Option<&'static str>) -> Library {
    Library { machine: "test", npm_package: None, archive: "https://example.invalid/library.zip", sha256 }
}

/// SHA-256 of `abc`, from FIPS 180-4's examples.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn the_digest_is_sha_256() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("f");
    fs::write(&file, "abc").unwrap();
    assert_eq!(digest(&file).unwrap(), ABC);
}

#[test]
fn a_library_with_the_pinned_digest_is_installed_and_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, library) = (folder.path().join("fetched"), folder.path().join("libduckdb.so"));
    fs::write(&fetched, "abc").unwrap();
    accept(&fetched, &library_with(Some(ABC)), &library).unwrap();
    assert!(is_genuine(&library, &library_with(Some(ABC))).unwrap());
    fs::write(&library, "abd").unwrap();
    assert!(!is_genuine(&library, &library_with(Some(ABC))).unwrap());
}

#[test]
fn a_library_with_another_digest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, library) = (folder.path().join("fetched"), folder.path().join("libduckdb.so"));
    fs::write(&fetched, "abd").unwrap();
    let error = accept(&fetched, &library_with(Some(ABC)), &library).unwrap_err().to_string();
    assert!(error.contains("not installed") && error.contains(ABC), "{error}");
    assert!(!library.exists());
}

#[test]
fn without_a_pinned_digest_a_later_change_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, library) = (folder.path().join("fetched"), folder.path().join("libduckdb.so"));
    fs::write(&fetched, "abc").unwrap();
    accept(&fetched, &library_with(None), &library).unwrap();
    assert!(is_genuine(&library, &library_with(None)).unwrap());
    fs::write(&library, "abd").unwrap();
    assert!(!is_genuine(&library, &library_with(None)).unwrap());
}

#[test]
fn the_machines_have_different_folders_in_the_cache() {
    let folders: std::collections::BTreeSet<_> = vendor::LIBRARIES.iter().map(|p| p.machine).collect();
    assert_eq!(folders.len(), vendor::LIBRARIES.len());
    assert!(vendor::find("linux-x86_64").is_some_and(|p| p.sha256.is_some()));
    assert!(vendor::find("plan9-x86_64").is_none());
}
