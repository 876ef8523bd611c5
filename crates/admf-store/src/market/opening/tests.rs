//! Where the header is found, and what is said where there is none.

use super::{Opening, read_opening};
use crate::market::reading::Reading;

fn open(text: &str, reading: &Reading) -> Result<Opening, String> {
    read_opening(text.as_bytes(), reading, "f.csv").map_err(|e| e.to_string())
}

/// Titles, dialect, delimiter and headers.
fn found(text: &str) -> (Vec<String>, &'static str, char, Vec<String>) {
    let opening = open(text, &Reading::default()).unwrap();
    let delimiter = char::from(opening.delimiter);
    (opening.titles, opening.dialect.name, delimiter, opening.columns.headers())
}

#[test]
fn the_header_may_stand_below_titles() {
    let header = |text: &str| {
        let (titles, _, delimiter, headers) = found(text);
        (titles.join("|"), delimiter, headers.join("|"))
    };
    let expect = |titles: &str, delimiter, headers: &str| (titles.to_owned(), delimiter, headers.to_owned());
    assert_eq!(header("Date,Close\n2024-01-02,1\n"), expect("", ',', "Date|Close"));
    // Titles with more delimiters, numbers, quotes and blank lines; what Excel writes first; a title like a header.
    assert_eq!(
        header("Depot 4711, Account 12, from 1.1.2024, to now\n\n17\nDate;Close\n2024-01-02;1\n"),
        expect("Depot 4711, Account 12, from 1.1.2024, t…|17", ';', "Date|Close")
    );
    assert_eq!(header("sep=;\nDate;Close\n2024-01-02;1\n"), expect("sep=;", ';', "Date|Close"));
    assert_eq!(header("the \"best, prices\nDate,Close\n"), expect("the \"best, prices", ',', "Date|Close"));
    assert_eq!(
        header("Prices\nDate of export\nDate,Remark\nDate,Open,High,Low,Close\n2024-01-02,1,1,1,1\n"),
        expect("Prices|Date of export|Date,Remark", ',', "Date|Open|High|Low|Close")
    );
    // The dialect is that of the header.
    let stooq = "Stooq\n<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n";
    assert_eq!(found(stooq).1, "stooq");
    // The header begins where it stands.
    let text = "Title\n\nDate,Close\n2024-01-02,1\n";
    assert_eq!(open(text, &Reading::default()).unwrap().start, text.find("Date").unwrap());
}

#[test]
fn columns_that_the_user_names_are_looked_for_below_titles_too() {
    let columns = ["date=Datum", "close=Schluss"].map(|choice| choice.parse().unwrap()).to_vec();
    let reading = Reading { columns, ..Reading::default() };
    let opening = open("Depot\nDatum;Schluss\n1.2.2024;1,5\n", &reading).unwrap();
    assert_eq!(opening.titles, ["Depot"]);
    assert_eq!(opening.columns.headers(), ["Datum", "Schluss"]);
}

#[test]
fn without_a_header_the_likeliest_line_is_shown() {
    let error = |text: &str| open(text, &Reading::default()).unwrap_err();
    let shown =
        |text: &str| error(text).split_once("; found ").unwrap().1.split(';').next().unwrap().to_owned();
    assert_eq!(shown("Depot\n\nDatum;Schluss\n1.2.2024;1\n"), "`Datum`, `Schluss`");
    // The first of several as wide, and the first line where none is wider.
    assert_eq!(shown("Datum;Schluss\nZeit;Preis\n"), "`Datum`, `Schluss`");
    assert!(error("2024-01-02,1,2\n2024-01-03,1,2\n").contains("the first line looks like data"));
    assert!(error("Date,\"Close\n2000-03-01,1\n").starts_with("f.csv:1: a quote opened on this line"));
}
