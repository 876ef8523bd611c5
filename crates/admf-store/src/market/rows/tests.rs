use super::super::blocks::Block;
use super::{Fields, TakeRow, csv_reader, read_rows};
use csv::StringRecord;
use proptest::prelude::*;

#[derive(Default)]
struct Taken {
    rows: Vec<(u64, Vec<String>)>,
    broken: Vec<u64>,
}

impl TakeRow for Taken {
    fn take(&mut self, fields: &Fields<'_>, line: u64) {
        let fields = (0..fields.count()).map(|index| fields.get(index).to_owned());
        self.rows.push((line, fields.collect()));
    }

    fn not_utf8(&mut self, line: u64) {
        self.broken.push(line);
    }
}

fn rows(text: &[u8]) -> Result<Taken, String> {
    let block = Block { text: text.to_vec(), line: 10, position: (0, None) };
    let mut taken = Taken::default();
    read_rows(&block, b',', "f.csv", &mut taken).map_err(|e| e.to_string())?;
    Ok(taken)
}

/// What a reader of CSV makes of a line.
fn expected(line: &str) -> Option<Vec<String>> {
    let mut record = StringRecord::new();
    let found = csv_reader(format!("{line}\n").as_bytes(), b',').read_record(&mut record).unwrap();
    let fields: Vec<String> = record.iter().map(|field| field.trim().to_owned()).collect();
    (found && fields.iter().any(|field| !field.is_empty())).then_some(fields)
}

#[test]
fn rows_have_their_lines_and_blank_ones_count() {
    let taken = rows(b"a, b \r\n\r\n,,\n\"c, d\",\"e \"\"f\"\"\"\r\n\xff,1\nlast").unwrap();
    let row = |line, fields: &[&str]| (line, fields.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>());
    assert_eq!(taken.rows, [row(10, &["a", "b"]), row(13, &["c, d", "e \"f\""]), row(15, &["last"])]);
    assert_eq!(taken.broken, [14]);
}

#[test]
fn a_quote_that_is_not_closed_in_its_line_is_an_error() {
    let error = rows(b"a,1\nb,\"2\nc,3\"\n").err().unwrap();
    assert!(error.contains("f.csv") && error.contains("11"), "{error}");
}

proptest! {
    /// Every line gives the fields that the `csv` crate finds in it.
    #[test]
    fn fields_are_those_of_a_reader_of_csv(lines in prop::collection::vec("[ab1,\" \u{a0}\r\té-]{0,12}", 1..6)) {
        let closed = |line: &&String| {
            let mut record = StringRecord::new();
            let _ = csv_reader(format!("{line}\n").as_bytes(), b',').read_record(&mut record);
            !record.as_slice().contains('\n')
        };
        let lines: Vec<&String> = lines.iter().filter(closed).collect();
        let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
        let taken = rows(text.as_bytes()).unwrap();
        let expected: Vec<_> =
            (10_u64..).zip(&lines).filter_map(|(at, line)| Some((at, expected(line)?))).collect();
        prop_assert_eq!(taken.rows, expected);
    }
}
