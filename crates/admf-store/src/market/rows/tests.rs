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

/// A reader of CSV that goes over the ends of lines would take what follows the quote for one broken row.
#[test]
fn a_row_that_is_not_utf8_is_one_row_whatever_its_quotes() {
    let taken = rows(b"a,1\n\xff\"b,2\nc,3\n\"d,\xe9\"\ne,5\n\"f\xc3\xa4\",6\n\xe9").unwrap();
    let firsts: Vec<_> = taken.rows.iter().map(|(line, fields)| (*line, fields[0].as_str())).collect();
    assert_eq!(firsts, [(10, "a"), (12, "c"), (14, "e"), (15, "f\u{e4}")]);
    assert_eq!(taken.broken, [11, 13, 16]);
}

proptest! {
    /// What is wrong with a line shows nowhere else.
    #[test]
    fn lines_stand_alone(
        lines in prop::collection::vec(prop::collection::vec(prop::sample::select(b"a1, \xe9\xc3\xa4\r".as_slice()), 0..24), 1..6),
    ) {
        let text = lines.join(b"\n".as_slice());
        let together = rows(&text).unwrap();
        let (mut alone, mut broken) = (Vec::new(), Vec::new());
        for (at, line) in (10_u64..).zip(&lines) {
            let taken = rows(line).unwrap();
            alone.extend(taken.rows.into_iter().map(|(_, fields)| (at, fields)));
            broken.extend(taken.broken.iter().map(|_| at));
        }
        prop_assert_eq!((together.rows, together.broken), (alone, broken));
    }

    /// Every line gives the fields that the `csv` crate finds in it.
    #[test]
    fn fields_are_those_of_a_reader_of_csv(lines in prop::collection::vec("[ab1,\" \u{a0}\r\té-]{0,12}", 1..40)) {
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
