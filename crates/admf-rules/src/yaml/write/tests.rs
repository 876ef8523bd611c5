//! What is written reads back as it was.

use super::write;
use crate::yaml::parse;

#[test]
fn trees_are_written_in_one_layout() {
    let text = "a: {b: [1, 'two', {c: d, e: [f]}], g: }\n# comment\nlong: |\n  close > 1\n  and x\n'k: y': []\nm: {}\n";
    assert_eq!(
        write(&parse(text).unwrap()),
        "a:\n  b:\n    - 1\n    - \"two\"\n    - c: d\n      e:\n        - f\n  g:\nlong: \"close > 1\\nand x\\n\"\n\
         \"k: y\": []\nm: {}\n"
    );
}

#[test]
fn writing_twice_changes_nothing() {
    for text in [
        "a: 'it''s \"quoted\" \\\\ \\t'",
        "a: \"\\u2028 \\x07 \\0 é\"",
        "a: plain over\n  two lines\nb: [- 1, [x, [y]]]",
        "- - - a\n  - b\n- c: {d: {}}",
        "x: @at",
        "{x: |\n  }",
    ] {
        let Ok(root) = parse(text) else { continue };
        let once = write(&root);
        assert_eq!(write(&parse(&once).unwrap()), once, "{text}");
    }
}

#[test]
fn whatever_can_be_read_can_be_written() {
    use proptest::prelude::*;
    let piece = proptest::sample::select(
        &[
            "a", "b", "c", ": ", " ", "\n", "  ", "- ", "[", "]", "{", "}", ", ", "'", "\"", "|\n  ", "#",
            "é", "\\", "~", "1", "null", "x: ",
        ][..],
    );
    proptest!(ProptestConfig::with_cases(4000), |(pieces in proptest::collection::vec(piece, 0..16))| {
        let text = pieces.concat();
        // A map, as a spec is one.
        if let Ok(root) = parse(&text) && root.entries("a map").is_ok() {
            write(&root);
        }
    });
}
