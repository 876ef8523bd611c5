//! Every reason for which a row or a file is refused, with its message.

use super::{File, read_file};
use crate::market::date::DateFormat;
use crate::market::dialect::RowOrder;
use crate::market::reading::Reading;
use crate::market::source::Source;
use crate::market::spool::Spool;
use admf_model::Timestamp;
use std::io::Write;

const HEADER: &str = "Date,Open,High,Low,Close,Adj Close,Volume\n";

fn read(text: &[u8]) -> Result<File, String> {
    read_file(
        &Source::bytes("f.csv", text.to_vec()),
        &Reading::default(),
        &mut Spool::unused(),
        &|_, _, _| {},
    )
    .map_err(|e| e.to_string())
}

fn rejects(text: &str) -> Vec<(u64, String)> {
    let file = read(text.as_bytes()).unwrap();
    file.rejects.iter().map(|(line, reason)| (*line, reason.to_string())).collect()
}

/// Times and closes of the only symbol.
fn closes(text: &str) -> Vec<(String, f64)> {
    let file = read(text.as_bytes()).unwrap();
    assert_eq!((file.symbols.len(), file.rejects.len()), (1, 0), "{:?}", file.rejects);
    file.symbols
        .values()
        .flat_map(|part| part.times.iter().map(ToString::to_string).zip(part.close.clone()))
        .collect()
}

#[test]
fn rows_that_are_no_bars_are_rejected_with_their_reason() {
    let date = "is not a date: write 2000-03-01, 2000-03-01T14:30:00Z or 3/1/2000";
    for (row, reason) in [
        ("2000-03-01,10,12,9,11,11", "the row has 6 fields, the header has 7".to_owned()),
        ("2000-03-01", "the row has 1 field, the header has 7".to_owned()),
        ("2000-03-01,10,12,9,11,11,5,6", "the row has 8 fields, the header has 7".to_owned()),
        ("soon,10,12,9,11,11,5", format!("`soon` {date}")),
        ("2001-02-29,10,12,9,11,11,5", format!("`2001-02-29` {date}")),
        ("2/30/2000,10,12,9,11,11,5", format!("`2/30/2000` {date}")),
        (",10,12,9,11,11,5", format!("`` {date}")),
        ("2000-03-01,.,12,9,11,11,5", "`Open` is missing while other values are there".to_owned()),
        ("2000-03-01,10,12,9,null,11,5", "`Close` is missing while other values are there".to_owned()),
        ("2000-03-01,10,12,9,11,NA,5", "`Adj Close` is missing while other values are there".to_owned()),
        ("2000-03-01,,,,,,5", "`Open` is missing while other values are there".to_owned()),
        ("2000-03-01,10,12,low,11,11,5", "`Low` is `low`, not a number".to_owned()),
        ("2000-03-01,10,inf,9,11,11,5", "`High` is `inf`, not a number".to_owned()),
        ("2000-03-01,10,12,9,11,11,5e", "`Volume` is `5e`, not a number".to_owned()),
        (
            "2000-03-01,10,12,9,11,11,\"10,00\"",
            "`Volume` is `10,00`, and the other numbers do not tell what its separators are: write 1234.5, or say \
             --decimal point or --decimal comma"
                .to_owned(),
        ),
        ("2000-03-01,0,12,9,11,11,5", "`Open` is 0, a price must be positive".to_owned()),
        ("2000-03-01,10,12,-9,11,11,5", "`Low` is -9, a price must be positive".to_owned()),
        ("2000-03-01,10,12,9,11,11,-5", "the volume is -5, it must not be negative".to_owned()),
        ("2000-03-01,10,9,12,11,11,5", "the high 9 is below the low 12".to_owned()),
        ("2000-03-01,10,12,9,12.5,11,5", "`Close` is 12.5, outside the bar's range 9 to 12".to_owned()),
        ("2000-03-01,8,12,9,11,11,5", "`Open` is 8, outside the bar's range 9 to 12".to_owned()),
    ] {
        assert_eq!(rejects(&format!("{HEADER}{row}\n")), [(2, reason)], "{row}");
    }
    assert_eq!(rejects("Ticker,Date,Close\n ,2000-03-01,1\n"), [(2, "the symbol is empty".to_owned())]);
    let long = "x".repeat(50);
    assert_eq!(
        rejects(&format!("Date,Close\n2000-03-01,{long}\n")),
        [(2, format!("`Close` is `{}…`, not a number", "x".repeat(40)))]
    );
}

#[test]
fn rounding_is_no_fault() {
    assert_eq!(
        rejects(&format!("{HEADER}2000-03-01,10,12,9,12.001,12,5\n2000-03-02,8.9995,12,9,11,12,5\n")),
        []
    );
    assert_eq!(rejects(&format!("{HEADER}2000-03-01,10,12,9,12.002,12,5\n")).len(), 1);
}

#[test]
fn a_row_that_is_not_utf8_is_rejected_and_the_rest_is_read() {
    // The second row tells that the file is UTF-8.
    let mut text = "Date,Close,Schluß\n2000-03-01,1,a\n2000-03-02,Q2,a\n2000-03-03,3,ß\n".as_bytes().to_vec();
    let at = text.iter().position(|byte| *byte == b'Q').unwrap();
    text[at] = 0xe9;
    let file = read(&text).unwrap();
    assert_eq!(
        file.rejects.iter().map(|(l, r)| (*l, r.to_string())).collect::<Vec<_>>(),
        [(3, "the row is not UTF-8 text: if the file is of another encoding, say --encoding".to_owned())]
    );
    assert_eq!((file.rows, file.symbols["F"].close.len()), (3, 2));
}

#[test]
fn other_encodings_and_titles_are_read_and_said() {
    let text = "Bank \u{e9}\nDate,Schlu\u{df},Close\n2000-03-01,a,1\n2000-03-02,b,x\n";
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let file = read(&bytes).unwrap();
    assert_eq!(file.dialect.titles, ["Bank é"]);
    assert_eq!(
        (file.dialect.encoding.as_deref(), file.dialect.ignored.as_slice()),
        (Some("windows-1252"), ["Schluß".to_owned()].as_slice())
    );
    // Lines are counted with the titles.
    assert_eq!((file.rows, file.rejects[0].0), (2, 4));
}

#[test]
fn rows_that_do_not_end_are_an_error_before_they_fill_the_memory() {
    let row = "2000-03-01,1\n".repeat(2000);
    let error = |middle: &str, times: usize| {
        let text = format!("Date,Close\n2000-03-01,1\n{}{}", middle.repeat(times), row);
        read(text.as_bytes()).err().unwrap()
    };
    let message = "f.csv:3: a row of more than 4 MB begins on this line: close the quote that was opened there, or end its \
                   lines with line feeds; nothing was imported";
    assert_eq!(error("0123456789", 1_000_000), message);
    // Such as the end of a file that was reserved and never written.
    assert_eq!(error("\0", 10_000_000), message);
    let quote = format!("Date,Close\n2000-03-01,1\n\"{}", "2000-03-01,1\n".repeat(1_000_000));
    // A quote is found on its line, whatever it would swallow.
    let open =
        "f.csv:3: a quote opened on this line is not closed on it: remove or close it; nothing was imported";
    assert_eq!(read(quote.as_bytes()).err().unwrap(), open);
    // Many rows are no long row, and a long row that ends is one like others.
    assert_eq!(
        read(format!("Date,Close\n{}", "2000-03-01,1\n".repeat(1_000_000)).as_bytes()).unwrap().rows,
        1_000_000
    );
    let long = read(format!("Date,Close\n2000-03-01,{}\n", "0".repeat(100_000)).as_bytes()).unwrap();
    assert_eq!(long.rejects[0].1.to_string().chars().count(), "`Close` is 0, a price must be positive".len());
}

#[test]
fn nul_bytes_and_missing_ends_of_lines_are_told() {
    let file = read(b"Date,Close\n2000-03-01,1\n2000-03-02,\x002\n2000-03-03,3").unwrap();
    assert_eq!(
        file.rejects.iter().map(|(l, r)| (*l, r.to_string())).collect::<Vec<_>>(),
        [(3, "`Close` is `\u{fffd}2`, not a number".to_owned())]
    );
    assert_eq!(file.symbols["F"].close, [1.0, 3.0]);
}

#[test]
fn rows_without_any_value_are_skipped() {
    let file =
        read(b"Date,vix\n2000-03-01,1\n2000-03-02,.\n2000-03-03,\n2000-03-04,NaN\n2000-03-05,-2\n").unwrap();
    assert_eq!((file.rows, file.skipped, file.rejects.len()), (5, 3, 0));
    // A level may be negative, as a spread or a rate is; a price may not.
    assert_eq!(file.symbols["VIX"].close, [1.0, -2.0]);
    assert_eq!(rejects("Date,Close\n2000-03-05,-2\n").len(), 1);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let bad = |lines: [&str; 3], end: &str, last: &str| {
        let [a, b, c] = lines;
        rejects(&format!("Date,Close{end}{a}{end}{b}{end}{c}{last}"))
            .into_iter()
            .map(|(line, _)| line)
            .collect::<Vec<_>>()
    };
    for end in ["\n", "\r\n"] {
        for last in ["", end, &end.repeat(3)] {
            assert_eq!(bad(["x,1", "2000-03-01,1", "y,1"], end, last), [2, 4], "{end:?} {last:?}");
            assert_eq!(bad(["x,1", "", "y,1"], end, last), [2, 4], "{end:?} {last:?}");
            assert_eq!(bad(["", " ", "y,1"], end, last), [4], "{end:?} {last:?}");
            assert_eq!(bad([",", "\"x\",\"1\"", "y,1"], end, last), [3, 4], "{end:?} {last:?}");
        }
    }
    assert_eq!(rejects("\n\nDate,Close\nx,1\n")[0].0, 4);
}

#[test]
fn ways_of_writing_that_make_no_difference() {
    let expected = [("2000-03-01".to_owned(), 1.5), ("2000-03-02".to_owned(), 2.0)];
    for text in [
        "Date,Close\n2000-03-01,1.5\n2000-03-02,2\n",
        "Date,Close\r\n2000-03-01,1.5\r\n2000-03-02,2",
        "\u{feff}Date,Close\n2000-03-01,1.5\n2000-03-02,2\n",
        "\"Date\",\"Close\"\r\n\"2000-03-01\",\"1.5\"\r\n\"2000-03-02\",\"2\"\r\n",
        "Date;Close;\n2000-03-01;1.5;\n2000-03-02;2;\n",
        " date , CLOSE \n 2000-03-01 , +1.5e0 \n\n 2000-03-02 , 2. \n,\n",
        "Close\tDate\n1.5\t3/1/2000\n2\t3/2/2000\n.\t3/31/2000\n",
        "Date;Close\n01.03.2000;1,5\n02.03.2000;2,0\n13.03.2000;-\n",
        "Date,Close\n2000-03-01,1.5,,\n2000-03-02,2,\n",
        "Date,Close\n951868800,1.5\n951955200000,2\n",
        "Date,Close\n01-Mar-2000,1.5\n\"Mar 2, 2000\",2\n",
        "Date,Close\n20000301,$1.50\n2000.03.02,2\n",
        "Date,Time,Close\n2000-03-01,00:00,1.5\n2000-03-02,00:00,2\n",
    ] {
        assert_eq!(closes(text), expected, "{text}");
    }
    assert_eq!(
        closes("Date,Time,Close\n3/1/2000,9:30,1.5\n3/13/2000,9:30,.\n"),
        [("2000-03-01T09:30:00Z".to_owned(), 1.5)]
    );
}

#[test]
fn the_dialect_tells_what_was_detected() {
    let file = read(b"Date;Close;Note\n31/12/1999;1;a\n1/12/1999;2;b\n").unwrap();
    assert_eq!(file.dialect.delimiter, ';');
    assert_eq!(file.dialect.dates, [DateFormat::DayMonth]);
    assert_eq!(file.dialect.order, RowOrder::Descending);
    assert_eq!(file.dialect.ignored, ["Note"]);
    assert_eq!(file.dialect.columns, ["Date", "Close"]);
    assert_eq!(file.symbols["F"].times[1], "1999-12-01".parse::<Timestamp>().unwrap());
    // The dates of a day without a value tell the order of the fields, too.
    assert_eq!(read(b"Date,Close\n2/13/2000,.\n").unwrap().dialect.dates, [DateFormat::MonthDay]);

    let order = |text: &[u8]| read(text).unwrap().dialect.order;
    assert_eq!(order(b"Date,Close\n2000-03-01,1\n2000-03-03,1\n2000-03-02,1\n"), RowOrder::Mixed);
    // Symbols take turns, each in its order.
    let turns = b"Symbol,Date,Close\nA,2000-03-01,1\nB,2000-03-01,1\nA,2000-03-02,1\nB,2000-03-02,1\n";
    assert_eq!(order(turns), RowOrder::Ascending);
}

#[test]
fn an_open_quote_is_an_error_because_it_hides_rows() {
    let error = |text: &str| read(text.as_bytes()).err().unwrap();
    let message = "a quote opened on this line is not closed on it: remove or close it; nothing was imported";
    let text = "Date,Close\n2000-03-01,1\n\"2000-03-02,2\n2000-03-03,3\n";
    assert_eq!(error(text), format!("f.csv:3: {message}"));
    assert_eq!(error("Date,\"Close\n2000-03-01,1\n"), format!("f.csv:1: {message}"));
}

#[test]
fn a_compressed_file_that_breaks_off_is_an_error() {
    let mut text = b"Date,Close\n".to_vec();
    for day in 0..20_000 {
        let time = Timestamp::from_micros(day * 86_400_000_000);
        text.extend(format!("{time},{}\n", (day * 7919) % 1000 + 1).bytes());
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&text).unwrap();
    let packed = encoder.finish().unwrap();
    assert_eq!(read(&packed).unwrap().rows, 20_000);

    let error = read(&packed[..packed.len() / 2]).err().unwrap();
    assert!(error.starts_with("f.csv: the compressed file breaks off in or after line "), "{error}");
    assert!(error.ends_with(": fetch it again; nothing was imported"), "{error}");
    let error = read(&packed[..6]).err().unwrap();
    assert!(error.starts_with("f.csv: the compressed file breaks off in or after line 1:"), "{error}");

    // Something behind the end, as of a download that was resumed wrongly.
    let error = read(&[packed.as_slice(), b"what a resumed download left"].concat()).err().unwrap();
    assert!(error.starts_with("f.csv: the compressed file is damaged in or after line 20002:"), "{error}");

    let mut damaged = packed.clone();
    let checksum = packed.len() - 6;
    damaged[checksum] ^= 1;
    let error = read(&damaged).err().unwrap();
    assert!(error.starts_with("f.csv: the compressed file is damaged in or after line "), "{error}");
}

#[test]
fn a_symbol_is_given_once() {
    let source = |header: &str| Source::bytes("f.csv", format!("{header}\n2000-03-01,A,1\n").into_bytes());
    let error = read_file(
        &source("Date,Ticker,Close").with_symbol("X"),
        &Reading::default(),
        &mut Spool::unused(),
        &|_, _, _| {},
    )
    .err()
    .unwrap();
    assert_eq!(
        error.to_string(),
        "f.csv: the symbol X was given, but the file has its own in `Ticker`: leave out `X=`; \
         found `Date`, `Ticker`, `Close`"
    );
    let file = read_file(
        &source("Date,Note,vix").with_symbol("X"),
        &Reading::default(),
        &mut Spool::unused(),
        &|_, _, _| {},
    )
    .err()
    .unwrap();
    assert!(file.to_string().contains("no column is a price"));
    let only = Source::bytes("f.csv", b"Date,vix\n2000-03-01,1\n".as_slice()).with_symbol("X");
    let file = read_file(&only, &Reading::default(), &mut Spool::unused(), &|_, _, _| {}).unwrap();
    assert_eq!(file.symbols.keys().collect::<Vec<_>>(), ["X"]);
}

#[test]
fn progress_ends_at_the_size_of_the_file() {
    let mut text = "Date,Close\n".to_owned();
    for day in 0..200_000 {
        text += &format!("{},1\n", Timestamp::from_micros(day * 86_400_000_000));
    }
    let steps = std::cell::RefCell::new(Vec::new());
    let size = text.len() as u64;
    read_file(
        &Source::bytes("f", text.into_bytes()),
        &Reading::default(),
        &mut Spool::unused(),
        &|rows, bytes, total| {
            steps.borrow_mut().push((rows, bytes, total));
        },
    )
    .unwrap();
    let steps = steps.into_inner();
    assert!(steps.len() >= 3 && steps.is_sorted(), "{steps:?}");
    assert_eq!(steps.last(), Some(&(200_000, size, Some(size))));
}
