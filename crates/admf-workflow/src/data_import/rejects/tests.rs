use super::{Group, grouped};

fn row(line: u64, reason: &str) -> (String, u64, String) {
    ("a.csv".to_owned(), line, reason.to_owned())
}

#[test]
fn reasons_that_differ_in_numbers_only_are_one() {
    let groups = grouped(vec![
        row(2, "`02.01.2015` is not a date"),
        row(3, "`Close` is missing"),
        row(4, "`13.11.2015` is not a date"),
        row(9, "`Open` is missing"),
    ]);
    let group = |rows, first_line, reason: &str| Group {
        file: "a.csv".to_owned(),
        rows,
        first_line,
        reason: reason.to_owned(),
    };
    let expected = [
        group(2, 2, "`02.01.2015` is not a date"),
        group(1, 3, "`Close` is missing"),
        group(1, 9, "`Open` is missing"),
    ];
    assert_eq!(groups, expected);
}

#[test]
fn files_are_told_apart() {
    let other = ("b.csv".to_owned(), 7, "the symbol is empty".to_owned());
    assert_eq!(grouped(vec![row(2, "the symbol is empty"), other]).len(), 2);
}
