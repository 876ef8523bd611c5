use super::*;

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
fn a_library_with_the_pinned_digest_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, library) = (folder.path().join("fetched"), folder.path().join("libduckdb.so"));
    fs::write(&fetched, "abc").unwrap();
    accept(&fetched, ABC, &library).unwrap();
    assert_eq!(fs::read(&library).unwrap(), b"abc");
}

#[test]
fn a_library_with_another_digest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (fetched, library) = (folder.path().join("fetched"), folder.path().join("libduckdb.so"));
    fs::write(&fetched, "abd").unwrap();
    let error = accept(&fetched, ABC, &library).unwrap_err().to_string();
    assert!(error.contains("not installed") && error.contains(ABC), "{error}");
    assert!(!library.exists());
}

#[test]
fn a_library_without_a_pinned_digest_is_used_where_somebody_put_it_and_never_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libduckdb.so");
    let archive = "https://example.invalid/library.zip";
    let vendor = Library { machine: "test", npm_package: None, archive, sha256: None };
    let error = placed_by_hand(&vendor, library.clone()).unwrap_err().to_string();
    for part in ["not fetched", archive, library.to_str().unwrap(), "admf-duckdb/bundled"] {
        assert!(error.contains(part), "{error}");
    }
    fs::write(&library, "trusted").unwrap();
    assert_eq!(placed_by_hand(&vendor, library.clone()).unwrap(), library);
}

#[test]
fn the_machines_have_different_folders_in_the_cache() {
    let folders: std::collections::BTreeSet<_> = vendor::LIBRARIES.iter().map(|p| p.machine).collect();
    assert_eq!(folders.len(), vendor::LIBRARIES.len());
    assert!(vendor::find("linux-x86_64").is_some_and(|p| p.sha256.is_some()));
    assert!(vendor::find("plan9-x86_64").is_none());
}
