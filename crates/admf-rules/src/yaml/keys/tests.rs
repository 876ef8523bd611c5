//! Everything wrong with a map is found at once, and only once.

use super::*;
use crate::yaml::parse;

const SHARE: Limits =
    Limits { low: 0.0, above: false, below: Some(1.0), complaint: "it is a share", help: Some("write 5%") };

const fn key(name: &'static str, form: Form, default: &'static str) -> Key {
    Key { name, form, takes: "", default, meaning: "" }
}

static KEYS: [Key; 7] = [
    key("name", Form::Text, REQUIRED),
    key("share", Form::Number(&SHARE), "0"),
    key("keep", Form::Word(&["all", "none"]), "all"),
    key("whole", Form::Truth, "false"),
    key("bars", Form::Count, "1"),
    key("from", Form::Time, "none"),
    key("symbols", Form::Names, "all"),
];

fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let root = parse(text).unwrap();
    let mut errors: Vec<YamlError> = Vec::new();
    let fields = Fields::read(&root, "a map of things", &[&KEYS], &mut errors);
    let told = errors.iter().map(|e| {
        let place = &text[e.span().start..e.span().end];
        format!("{place} | {e} | {}", e.help().unwrap_or_default())
    });
    let kept = fields.map(|f| f.entries.iter().map(|e| e.key.clone()).collect()).unwrap_or_default();
    (told.collect(), kept)
}

#[test]
fn valid_values_are_read() {
    let text = "{name: a, share: 5%, keep: none, whole: true, bars: 3, from: 2001-01-01, symbols: [A, B]}";
    let root = parse(text).unwrap();
    let mut errors: Vec<YamlError> = Vec::new();
    let fields = Fields::read(&root, "a map", &[&KEYS], &mut errors).unwrap();
    assert_eq!(errors, []);
    assert_eq!((fields.text("name"), fields.number("share")), (Some("a"), Some(0.05)));
    assert_eq!(
        (fields.text("keep"), fields.truth("whole"), fields.count("bars")),
        (Some("none"), Some(true), Some(3))
    );
    assert_eq!(fields.time("from").unwrap().to_string(), "2001-01-01");
    assert_eq!(fields.names("symbols").unwrap().len(), 2);
    assert_eq!((fields.number("name"), fields.text("other")), (None, None));
}

#[test]
fn all_mistakes_are_told_and_the_rest_is_kept() {
    let (errors, kept) =
        read("shre: 1\nname: a\nkeep: nome\nwhole: yes\nbars: 0\nfrom: soon\nsymbols: [A, A]\nshare: 2");
    assert_eq!(
        errors,
        [
            "shre | unknown key `shre` | did you mean `share`?",
            "nome | expected all or none, found `nome` | did you mean `none`?",
            "yes | expected true or false, found `yes` | ",
            "0 | `bars` is 0: write a whole number, 1 or more | ",
            "soon | `soon` is not a date: write 2000-03-01 or 2000-03-01T14:30:00Z | ",
            "A | `A` is listed twice | ",
            "2 | `share` is 2: it is a share | write 5%",
        ]
    );
    assert_eq!(kept, ["name"]);
}

#[test]
fn a_mistyped_key_is_not_missing_as_well() {
    assert_eq!(read("nmae: a").0, ["nmae | unknown key `nmae` | did you mean `name`?"]);
    assert_eq!(read("bars:").0, ["bars | the key `name` is missing | "]);
    assert_eq!(read("- a").0, ["- a | expected a map of things, found a list | "]);
    assert_eq!(
        read("{name: a, xyzzy: 1}").0,
        ["xyzzy | unknown key `xyzzy` | known keys: name, share, keep, whole, bars, from, symbols"]
    );
}

#[test]
fn limits_include_their_low_end_unless_they_are_above_it() {
    assert_eq!(read("{name: a, share: 0}").0, Vec::<String>::new());
    assert_eq!(read("{name: a, share: 1}").0.len(), 1);
    static POSITIVE: [Key; 1] = [key(
        "x",
        Form::Number(&Limits { low: 0.0, above: true, below: None, complaint: "", help: None }),
        "",
    )];
    let errors = |text: &str| {
        let mut errors: Vec<YamlError> = Vec::new();
        Fields::read(&parse(text).unwrap(), "a map", &[&POSITIVE], &mut errors);
        errors.len()
    };
    assert_eq!((errors("x: 0"), errors("x: 1e300")), (1, 0));
}
