use super::{NameKind, check, folder};

#[test]
fn plain_names_pass() {
    for name in ["spx", "SPX", "us-stocks_1d", "v1.2", "0", "ma_crossover", &"x".repeat(64)] {
        assert_eq!(check(NameKind::Dataset, name), Ok(name));
        assert_eq!(folder(name), name);
    }
}

#[test]
fn names_that_could_leave_their_folder_are_refused() {
    let long = "x".repeat(65);
    let hostile = [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/etc/passwd",
        ".hidden",
        "-rf",
        "a b",
        "a\0b",
        "a\nb",
        "ä",
        "con",
        "NUL.txt",
        "com1",
        "lpt9.csv",
        "dot.",
        "~x",
        &long,
    ];
    for name in hostile {
        let error = check(NameKind::Strategy, name).unwrap_err();
        assert_eq!(error.name, name);
        let safe = folder(name);
        assert_eq!(folder(name), safe);
        assert!(!safe.contains(['/', '\\', '\0', '\n', ' ']) && safe != ".." && safe.len() <= 64, "{safe:?}");
    }
}

#[test]
fn different_texts_never_share_a_folder() {
    assert_ne!(folder("us/1d"), folder("us 1d"));
    assert_ne!(folder("us/1d"), folder(&folder("us/1d")));
}

#[test]
fn the_message_shows_what_was_refused() {
    let error = check(NameKind::Dataset, "../x\n").unwrap_err().to_string();
    assert!(error.starts_with("`../x\\n` cannot be the name of a dataset: use 1 to 64 letters"), "{error}");
}
