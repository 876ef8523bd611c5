//! Encodings that are told by the bytes, and those that are given.

use super::{Text, TextEncoding};
use crate::market::source::Source;
use encoding_rs::{GBK, WINDOWS_1251, WINDOWS_1252};
use std::io::{Read, Write};

const TEXT: &str = "Datum;Eröffnung;Schluß;Käufe\r\n02.01.2024;1,5;2;3\r\n";

fn read(bytes: impl Into<Vec<u8>>, encoding: Option<&str>) -> (String, Option<String>) {
    let source = Source::bytes("f.csv", bytes.into());
    let encoding = encoding.map(|name| name.parse().unwrap());
    let mut text = Text::open(&source, encoding).unwrap();
    let mut read = String::new();
    text.read_to_string(&mut read).unwrap();
    (read, text.encoding().map(TextEncoding::name))
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn text_is_the_same_in_any_encoding() {
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(read(TEXT, None), (TEXT.to_owned(), None));
    assert_eq!(read(WINDOWS_1252.encode(TEXT).0, None), (TEXT.to_owned(), name("windows-1252")));
    // With a byte order mark and without one.
    for mark in ["", "\u{feff}"] {
        let marked = format!("{mark}{TEXT}");
        assert_eq!(read(utf_16(&marked, u16::to_le_bytes), None), (TEXT.to_owned(), name("utf-16le")));
        assert_eq!(read(utf_16(&marked, u16::to_be_bytes), None), (TEXT.to_owned(), name("utf-16be")));
    }
    let cyrillic = "Дата;Цена открытия;Цена закрытия\n02.01.2024;1;2\n";
    assert_eq!(read(WINDOWS_1251.encode(cyrillic).0, None), (cyrillic.to_owned(), name("windows-1251")));
    // What is given counts.
    let chinese = "日期;收盘\n";
    assert_eq!(read(GBK.encode(chinese).0, Some("gb2312")), (chinese.to_owned(), name("gbk")));
    assert_eq!(read(TEXT, Some("latin1")).0, WINDOWS_1252.decode(TEXT.as_bytes()).0);
}

#[test]
fn damaged_utf_8_stays_what_it_is() {
    let damaged = [TEXT.as_bytes(), b"03.01.2024;\xff;2;3\n"].concat();
    let source = Source::bytes("f.csv", damaged.clone());
    let mut text = Text::open(&source, None).unwrap();
    let mut read = Vec::new();
    text.read_to_end(&mut read).unwrap();
    assert_eq!((read, text.encoding()), (damaged, None));
}

#[test]
fn long_text_is_decoded_in_pieces() {
    // The sample ends within a letter, and pieces do, too.
    let long = format!("a{}", "öß".repeat(100_000));
    assert_eq!(read(long.as_str(), None), (long.clone(), None));
    assert_eq!(read(WINDOWS_1252.encode(&long).0, None).0, long);
    assert_eq!(read(utf_16(&long, u16::to_le_bytes), Some("utf-16le")).0, long);
}

#[test]
fn an_error_comes_after_the_text_before_it() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(TEXT.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let source = Source::bytes("f.csv.gz", packed[..packed.len() - 12].to_vec());
    let mut text = Text::open(&source, None).unwrap();
    let mut read = Vec::new();
    let error = text.read_to_end(&mut read).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(TEXT.as_bytes().starts_with(&read), "{read:?}");
}

#[test]
fn an_unknown_encoding_is_refused() {
    assert!(
        "utf-9".parse::<TextEncoding>().unwrap_err().starts_with("`utf-9` is no encoding: write utf-8, ")
    );
    assert_eq!("ISO-8859-1".parse::<TextEncoding>().map(TextEncoding::name), Ok("windows-1252".to_owned()));
}
