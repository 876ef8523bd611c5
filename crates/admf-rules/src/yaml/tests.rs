//! The tree, where everything stands, and what is refused.

use super::*;

/// The value at a path of keys.
fn find<'a>(node: &'a Node, path: &[&str]) -> &'a Node {
    path.iter().fold(node, |node, key| {
        let entries = node.entries("a map").unwrap();
        &entries.iter().find(|entry| entry.key == *key).unwrap().value
    })
}

#[test]
fn maps_lists_and_scalars_keep_order_and_place() {
    let text = "b: 1\na:\n  - x y  # comment\n  - {k: v, l: [1, 2]}\nc: 'it''s'\n";
    let root = parse(text).unwrap();
    let keys: Vec<&str> = root.entries("a map").unwrap().iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["b", "a", "c"]);
    let slice = |node: &Node| &text[node.span.start..node.span.end];
    let list = find(&root, &["a"]).sequence("a list").unwrap();
    assert_eq!(slice(&list[0]), "x y");
    assert_eq!(slice(&list[1]), "{k: v, l: [1, 2]}");
    assert_eq!(slice(find(&list[1], &["l"])), "[1, 2]");
    assert_eq!(find(&root, &["c"]).text().unwrap(), "it's");
    assert_eq!(slice(&root), &text[..text.len() - 1]);
    let key_span = root.entries("a map").unwrap()[2].key_span;
    assert_eq!(&text[key_span.start..key_span.end], "c");
}

#[test]
fn offsets_lead_back_to_the_source_however_text_is_quoted() {
    let table = [
        "é: close > X",
        "é: \"close > X\"",
        "é: 'close > X'",
        "é: \"a \\\"b\\\" \\u00e9 X\"",
        "é: 'it''s X'",
        "é: >\n  close >\n  open and\n  X\n",
        "é: |\n  close\n    > X\n",
        "é: close >\n  open and\n\n  X",
    ];
    for text in table {
        let root = parse(text).unwrap();
        let Value::Scalar(scalar) = &root.entries("a map").unwrap()[0].value.value else { panic!("{text}") };
        let at = scalar.text().find('X').unwrap();
        assert_eq!(&text[scalar.source_offset(at)..][..1], "X", "{text}");
        assert!(text.get(..scalar.source_offset(scalar.text().len())).is_some(), "{text}");
    }
}

#[test]
fn typed_readers_take_what_they_say() {
    let root =
        parse("t: true\nq: 'true'\ni: 1_000\nn: 5%\nx: 1e-3\nempty:\ntilde: ~\nw: yes\nl: []").unwrap();
    let at = |key: &str| find(&root, &[key]);
    assert_eq!(at("t").truth(), Ok(true));
    assert_eq!(at("i").integer(), Ok(1000));
    assert_eq!(at("n").number(), Ok(0.05));
    assert_eq!(at("x").number(), Ok(0.001));
    assert_eq!(at("q").text(), Ok("true"));
    assert!(at("empty").is_nothing() && at("tilde").is_nothing() && !at("q").is_nothing());
    let message = |error: YamlError| error.to_string();
    assert_eq!(at("q").truth().map_err(message), Err("expected true or false, found `true`".to_owned()));
    assert_eq!(at("w").truth().map_err(message), Err("expected true or false, found `yes`".to_owned()));
    assert_eq!(at("n").integer().map_err(message), Err("expected a whole number, found `5%`".to_owned()));
    assert_eq!(at("empty").text().map_err(message), Err("expected text, found nothing".to_owned()));
    assert_eq!(at("l").number().map_err(message), Err("expected a number, found a list".to_owned()));
    let long = parse(&format!("x: {}", "y".repeat(80))).unwrap();
    let error = find(&long, &["x"]).number().unwrap_err();
    assert_eq!(error.to_string(), format!("expected a number, found `{}…`", "y".repeat(60)));
}

#[test]
fn values_of_keys_are_found() {
    let root = parse("name: a\nsize:").unwrap();
    assert_eq!(root.get("name").unwrap().text(), Ok("a"));
    assert_eq!(root.get("size"), None, "a key without a value is left out");
    assert_eq!(
        parse("- a").unwrap().entries("a map").unwrap_err().to_string(),
        "expected a map, found a list"
    );
}

#[test]
fn texts_may_count_as_one() {
    let text = "é: [x, \"y\\tz\"]\nb: {c: d}";
    let (alone, behind) = (parse(text).unwrap(), parse_at(text, 100).unwrap());
    for path in [&["é"][..], &["b", "c"]] {
        assert_eq!(find(&behind, path).span, find(&alone, path).span.shifted(100));
    }
    let of = |root: &Node| {
        let items = find(root, &["é"]).sequence("a list").unwrap();
        items[1].scalar("text").unwrap().source_offset(2)
    };
    assert_eq!(of(&behind), of(&alone) + 100);
    assert_eq!(parse_at("a: [", 100).unwrap_err().span(), parse("a: [").unwrap_err().span().shifted(100));
}

#[test]
fn what_is_not_wanted_is_refused() {
    let table = [
        ("", "the file is empty"),
        ("# only a comment", "the file is empty"),
        ("a: 1\na: 2", "the key `a` is given twice"),
        ("a: &x 1", "anchors are not supported: write the value itself"),
        ("a: &x 1\nb: *x", "anchors are not supported: write the value itself"),
        ("a: !!str 1", "tags are not supported: write the value itself"),
        ("a: 1\n---\nb: 2", "a second document begins here: put everything into one"),
        ("? [a]\n: 1", "a key is a plain word, not a list or a map"),
    ];
    for (text, message) in table {
        assert_eq!(parse(text).expect_err(text).to_string(), message, "{text}");
    }
    for text in ["a: [1, 2", "a: 1\n b: 2", "a: \"x", "a: {b", "a: b: c"] {
        let error = parse(text).expect_err(text);
        assert!(error.to_string().starts_with("the file is not YAML here: "), "{text}: {error}");
        assert!(error.span().end <= text.len());
    }
}

#[test]
fn deep_and_long_texts_are_refused_not_fatal() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)] {
        assert!(parse(&text).is_err());
    }
    let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(
        parse(&nested(MAX_DEPTH + 1)).unwrap_err().to_string(),
        "maps and lists are nested more than 32 deep"
    );
    let long = "x".repeat(MAX_LENGTH + 1);
    assert_eq!(
        parse(&long).unwrap_err().to_string(),
        "the file is 4,194,305 bytes long, allowed are 4,194,304"
    );
}

#[test]
fn no_text_makes_the_reader_panic() {
    use proptest::prelude::*;
    let piece = proptest::sample::select(
        &[
            "a", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", "\"", "|\n", ">\n", "#", "é",
            "\\", "~", "*", "&x ", "!", "---\n", "? ", "\t", "1",
        ][..],
    );
    proptest!(ProptestConfig::with_cases(2000), |(pieces in proptest::collection::vec(piece, 0..20))| {
        let text = pieces.concat();
        match parse(&text) {
            Ok(node) => prop_assert!(text.get(node.span.start..node.span.end).is_some()),
            Err(error) => prop_assert!(text.get(error.span().start..error.span().end).is_some(), "{:?} {:?}", text, error),
        }
    });
}
