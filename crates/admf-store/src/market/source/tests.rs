use super::Source;
use crate::market::dialect::Packing;
use crate::market::error::OpenProblem;
use std::io::{self, Read, Write};

fn generic() -> &'static crate::market::KnownDialect {
    crate::market::DIALECTS.last().unwrap()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_argument_may_name_the_symbol() {
    for (argument, symbol, label) in [
        ("SP500=data/index.csv.gz", Some("SP500"), "data/index.csv.gz"),
        ("^VIX=a=b.csv", Some("^VIX"), "a=b.csv"),
        ("data/index.csv", None, "data/index.csv"),
        ("data/a=b.csv", None, "data/a=b.csv"),
        ("=b.csv", None, "=b.csv"),
        ("b=", None, "b="),
    ] {
        let source = Source::from_argument(argument);
        assert_eq!((source.symbol(), source.label().as_str()), (symbol, label), "{argument}");
    }
}

#[test]
fn a_file_name_makes_a_symbol() {
    for (name, symbol) in [
        ("arch_sp500.csv.gz", "ARCH_SP500"),
        ("/data/2024/Spx.CSV", "SPX"),
        ("brk.b.csv", "BRK.B"),
        ("a b (1).txt", "A_B__1_"),
        (".csv", ".CSV"),
        ("plain", "PLAIN"),
    ] {
        assert_eq!(Source::path(name).default_symbol(generic()), symbol, "{name}");
    }
}

#[test]
fn compression_is_seen_in_the_bytes_and_the_fingerprint_is_of_the_file() {
    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let plain = Source::bytes("x.gz", b"abc".as_slice());
    let mut stream = plain.open().unwrap();
    assert_eq!(stream.packing(), Packing::Plain);
    assert_eq!(io::read_to_string(&mut stream).unwrap(), "abc");
    let fingerprint = stream.finish().unwrap();
    assert_eq!((fingerprint.sha256.as_str(), fingerprint.bytes), (abc, 3));

    // Two members, as from `cat a.gz b.gz`.
    let bytes = [gzip(b"abc"), gzip(b"def")].concat();
    let size = bytes.len() as u64;
    let packed = Source::bytes("x.csv", bytes);
    let mut stream = packed.open().unwrap();
    assert_eq!(stream.packing(), Packing::Gzip);
    assert_eq!(io::read_to_string(&mut stream).unwrap(), "abcdef");
    assert_eq!(stream.position(), (size, Some(size)));
    assert_eq!(stream.finish().unwrap().bytes, size);
}

#[test]
fn a_file_that_is_not_read_to_its_end_has_the_same_fingerprint() {
    let text = b"0123456789".repeat(100_000);
    let source = Source::bytes("x", text);
    let whole = source.open().unwrap().finish().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    std::fs::write(&path, b"0123456789".repeat(100_000)).unwrap();
    let on_disk = Source::path(&path);
    assert_eq!(on_disk.open().unwrap().position().1, Some(1_000_000));
    assert_eq!(on_disk.open().unwrap().finish().unwrap(), whole);
    let mut stream = source.open().unwrap();
    stream.read_exact(&mut [0; 10]).unwrap();
    assert_eq!(stream.finish().unwrap(), whole);
}

#[test]
fn files_that_cannot_be_opened_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let failure = |path: &std::path::Path| match Source::path(path).open() {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error.to_string(),
    };
    let directory = folder.path().display().to_string();
    assert_eq!(failure(folder.path()), format!("{directory}: is a directory: name the files in it"));
    let missing = folder.path().join("none.csv");
    assert_eq!(failure(&missing), format!("{}: no such file: check the path", missing.display()));
    let empty = folder.path().join("empty.csv");
    std::fs::write(&empty, "").unwrap();
    assert_eq!(failure(&empty), format!("{}: the file is empty", empty.display()));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_explained() {
    use std::os::unix::fs::PermissionsExt;
    let denied = OpenProblem::from_io(io::Error::from(io::ErrorKind::PermissionDenied));
    assert_eq!(denied.to_string(), "permission denied: make the file readable");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.csv");
    std::fs::write(&path, "Date,Close\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything.
    if std::fs::File::open(&path).is_err() {
        let error = Source::path(&path).open().err().unwrap().to_string();
        assert_eq!(error, format!("{}: permission denied: make the file readable", path.display()));
    }
}

#[test]
fn a_zstd_file_is_read_as_its_text() {
    let packed = Source::bytes("x.csv.zst", zstd::encode_all(b"abc".as_slice(), 0).unwrap());
    let mut stream = packed.open().unwrap();
    assert_eq!(stream.packing(), Packing::Zstd);
    assert_eq!(io::read_to_string(&mut stream).unwrap(), "abc");
    assert_eq!(packed.default_symbol(generic()), "X");
}

#[test]
fn folders_and_patterns_name_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.csv", "a.csv.gz", "c.parquet", "notes.md", ".hidden.csv"] {
        std::fs::write(folder.path().join(name), "x").unwrap();
    }
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let names = |argument: &str| {
        let argument = argument.replace("DIR", &folder.path().display().to_string());
        Source::from_arguments(&[argument])
            .map(|sources| sources.iter().map(Source::file_name).collect::<Vec<_>>())
            .map_err(|e| e.to_string().replace(&folder.path().display().to_string(), "DIR"))
    };
    assert_eq!(names("DIR"), Ok(vec!["a.csv.gz".into(), "b.csv".into(), "c.parquet".into()]));
    assert_eq!(names("DIR/*.csv*"), Ok(vec!["a.csv.gz".into(), "b.csv".into()]));
    // What is not there is said when it is opened, with its remedy.
    assert_eq!(names("DIR/none.csv"), Ok(vec!["none.csv".into()]));
    assert_eq!(names("DIR/*.xls"), Err("DIR/*.xls: no file fits the pattern".into()));
    assert_eq!(
        names("DIR/empty"),
        Err("DIR/empty: the folder has no files that end in .csv, .txt, .tsv (also with .gz or .zst) or .parquet".into())
    );
}
