use super::render;
use crate::failure::Failure;
use admf_workflow::Snippet;

#[test]
fn a_message_fits_the_window_and_words_stay_whole() {
    let path =
        "/srv/market-data/a-rather-long-folder-name/with-a-file-name-that-is-wider-than-the-window.csv";
    let message = format!(
        "cannot read the file {path} because somebody moved it elsewhere while the command was running"
    );
    for width in [60, 80] {
        let text = render(&Failure::failed(&message), false, Some(width));
        assert!(text.contains(path), "{text}");
        let others = text.lines().filter(|line| !line.contains(path));
        assert!(others.clone().count() > 1, "{text}");
        for line in others {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn of_a_long_line_only_the_part_around_the_place_is_shown() {
    let before = "close > 1 and ".repeat(5000);
    let text = format!("first\n{before}smaa(close)é{}\nlast", " and é < 2".repeat(5000));
    for length in [4, 40_000] {
        let start = 6 + before.len();
        let snippet =
            Snippet { name: "spec.yaml".to_owned(), text: text.clone(), start, end: start + length };
        let failure = Failure { snippet: Some(Box::new(snippet)), ..Failure::failed("unknown function") };
        let shown = render(&failure, false, None);
        assert!(shown.len() < 2000, "{}", shown.len());
        assert!(shown.contains("[spec.yaml:2:70001]") && shown.contains("smaa(close)é and"), "{shown}");
    }
}
