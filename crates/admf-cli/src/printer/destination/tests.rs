use super::{Destination, Format, Global, format_of};
use crate::args::Colour;
use std::path::Path;

fn global(format: Option<Format>, output: Option<&str>) -> Global {
    Global {
        workspace: None,
        format,
        output: output.map(Into::into),
        color: Colour::Never,
        quiet: false,
        verbose: false,
    }
}

#[test]
fn the_ending_chooses_the_format_and_the_option_beats_it() {
    assert_eq!(Destination::resolve(&global(None, Some("x.CSV"))).unwrap().format, Format::Csv);
    assert_eq!(
        Destination::resolve(&global(Some(Format::Json), Some("x.csv"))).unwrap().format,
        Format::Json
    );
    assert_eq!(format_of(Path::new("a/b.parquet")).unwrap(), Format::Parquet);
}

#[test]
fn what_cannot_be_written_is_refused_before_any_work() {
    for (format, output, expected) in [
        (Some(Format::Parquet), None, "needs a file"),
        (None, Some("result.xlsx"), "does not say which format"),
        (None, Some("no/such/folder/x.csv"), "there is no folder `no/such/folder`"),
    ] {
        let failure = Destination::resolve(&global(format, output)).err().expect("refused");
        assert!(failure.message.contains(expected), "{}", failure.message);
        assert!(failure.help.is_some());
    }
}
