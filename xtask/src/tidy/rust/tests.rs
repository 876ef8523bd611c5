use super::Rust;

fn code(text: &str) -> String {
    Rust::read("crates/x/src/a.rs", text).code
}

#[test]
fn comments_and_insides_of_literals_are_blank() {
    assert_eq!(code("a /* b /* c */ d */ e"), format!("a {} e", " ".repeat(17)));
    assert_eq!(code("a // b\nc"), "a     \nc");
    assert_eq!(code("f(\"x\\\"y\") + 'z' + '\\'' "), "f(      ) +     +      ");
    assert_eq!(code("r#\"a\"b\"# b\"c\" br\"d\" 'a'"), " ".repeat(23));
}

#[test]
fn lifetimes_and_names_are_code() {
    let text = "fn f<'a>(r: &'a str, b: &'static str) -> r#type { bar(c) }";
    assert_eq!(code(text), text);
}

#[test]
fn tests_are_blank_and_counted() {
    let file = Rust::read(
        "crates/x/src/a.rs",
        "fn a() {}\n#[cfg(test)]\nmod tests {\n    \"in\";\n}\nfn b() { \"out\" }\n",
    );
    assert_eq!(
        file.code.lines().map(str::trim_end).collect::<Vec<_>>(),
        ["fn a() {}", "", "", "", "", "fn b() {       }"]
    );
    assert_eq!(file.test_lines, 4);
    assert_eq!(file.literals.iter().map(|l| (l.line, l.text.as_str())).collect::<Vec<_>>(), [(6, "\"out\"")]);
}

#[test]
fn a_declaration_of_tests_elsewhere_hides_nothing_else() {
    assert_eq!(code("#[cfg(test)]\nmod tests;\nfn a() {}").trim(), "fn a() {}");
    let file = Rust::read("crates/x/src/a.rs", "#[cfg(test)]\nmod testing;\nmod other;");
    assert_eq!(file.test_modules, ["testing"]);
}

#[test]
fn files_of_tests_have_no_code() {
    for path in ["crates/x/tests/it/main.rs", "crates/x/src/a/tests.rs", "crates/x/benches/b.rs"] {
        assert_eq!(Rust::read(path, "fn a() {}").code.trim(), "", "{path}");
    }
}

#[test]
fn functions_are_measured_from_fn_to_brace() {
    let text = "trait T {\n    fn declared(x: [u8; 3]);\n}\nfn one() {}\npub fn three(\n    f: fn(u8) -> u8,\n) { { } }\n";
    let functions = Rust::read("crates/x/src/a.rs", text).functions();
    assert_eq!(functions, [("one".to_owned(), 4, 1), ("three".to_owned(), 5, 3)]);
}
