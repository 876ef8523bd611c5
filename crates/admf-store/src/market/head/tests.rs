use super::{delimiter, read_head};
use std::io::BufReader;

fn head(text: &[u8]) -> Result<(String, char), String> {
    // A small buffer makes lines arrive in pieces, as from a decompressor.
    let head = read_head(&mut BufReader::with_capacity(5, text), "f.csv").map_err(|e| e.to_string())?;
    let delimiter = delimiter(head.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap());
    Ok((String::from_utf8(head).unwrap(), char::from(delimiter)))
}

#[test]
fn the_header_line_tells_the_delimiter() {
    for (text, delimiter) in [
        ("Date,Open,Close\n1,2,3\n", ','),
        ("Date;Open;Close\n", ';'),
        ("Date\tOpen\tClose\r\n", '\t'),
        ("Date|Close", '|'),
        ("Date\n", ','),
        ("\"a;b;c\",Date\n", ','),
    ] {
        let (bytes, found) = head(text.as_bytes()).unwrap();
        assert_eq!(found, delimiter, "{text}");
        assert_eq!(bytes, text);
    }
}

#[test]
fn a_byte_order_mark_and_blank_lines_are_passed() {
    assert_eq!(head(b"\xef\xbb\xbfDate;Close\n1;2\n").unwrap(), ("Date;Close\n1;2\n".to_owned(), ';'));
    assert_eq!(head(b"\n  \r\nDate;Close\n").unwrap(), ("\n  \r\nDate;Close\n".to_owned(), ';'));
}

#[test]
fn what_is_no_text_is_named() {
    let cases: [(&[u8], &str); 7] = [
        (b"<!DOCTYPE HTML><html>\n", "a web page, perhaps one that says why there is no file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\n", "a spreadsheet"),
        (b"PK\x03\x04rest\n", "a zip archive or a spreadsheet"),
        (b"BZh91AY\n", "a bzip2 archive"),
        (b"Date\0,Close\n", "binary data"),
        (b"Date,Close\r1,2\r3,4\r", "text whose lines end in a bare carriage return"),
        (&[b'a'; 70_000], "text without line ends"),
    ];
    for (text, kind) in cases {
        let expected =
            format!("f.csv: looks like {kind}: unpack it or save it as CSV; .gz and .zst can stay packed");
        assert_eq!(head(text).unwrap_err(), expected);
    }
    for empty in ["", "\n\n", "\u{feff}"] {
        assert_eq!(head(empty.as_bytes()).unwrap_err(), "f.csv: the file is empty", "{empty:?}");
    }
}
