//! What the rules need to know of a Rust file: its code without comments, texts and tests, and its literals.
//!
//! A scanner of characters, not a parser: it only has to tell code from everything else and to match braces.

/// A Rust file, read.
pub(super) struct Rust {
    /// The text with comments, the insides of literals, and tests blanked: every line keeps its number.
    pub(super) code: String,
    /// String literals outside tests, with the line each begins on.
    pub(super) literals: Vec<Literal>,
    /// True when the whole file is tests, benchmarks or examples.
    pub(super) is_test: bool,
    /// Lines of tests inside the file.
    pub(super) test_lines: usize,
    /// Names of the modules declared with `#[cfg(test)] mod name;`.
    pub(super) test_modules: Vec<String>,
}

/// A string literal.
pub(super) struct Literal {
    /// Counted from 1.
    pub(super) line: usize,
    /// What stands between the quotes, escapes as written.
    pub(super) text: String,
}

impl Rust {
    /// Reads a file.
    pub(super) fn read(path: &str, text: &str) -> Self {
        if path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "benches" | "examples")) {
            return Self::of_tests(text);
        }
        let (mut code, mut literals) = scan(text);
        let (mut test_lines, mut test_modules) = (0, Vec::new());
        for (start, end) in test_items(&code) {
            let (first, last) = (line_of(&code, start), line_of(&code, end - 1));
            test_lines += last - first + 1;
            test_modules.extend(declared_module(&code[start..end]));
            literals.retain(|literal| literal.line < first || literal.line > last);
            blank(&mut code, start, end);
        }
        Self { code: code.into_iter().collect(), literals, is_test: false, test_lines, test_modules }
    }

    /// A file that is nothing but tests.
    pub(super) fn of_tests(text: &str) -> Self {
        let code = text.lines().map(|_| "\n").collect();
        Self { code, literals: Vec::new(), is_test: true, test_lines: 0, test_modules: Vec::new() }
    }

    /// Lines of code, numbered from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Functions with a body: name, first line, number of lines from the word `fn` to the closing brace.
    pub(super) fn functions(&self) -> Vec<(String, usize, usize)> {
        let code: Vec<char> = self.code.chars().collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = find_word(&code, at, "fn") {
            at = start + 2;
            let name: String =
                code[at..].iter().skip_while(|c| **c == ' ').take_while(|c| is_word(**c)).collect();
            if name.is_empty() {
                continue;
            }
            if let Some(end) = body_end(&code, at) {
                let (first, last) = (line_of(&code, start), line_of(&code, end - 1));
                found.push((name, first, last - first + 1));
            }
        }
        found
    }
}

/// True when `line` holds `word` with no letter, digit or underscore on the sides where `word` has one.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    find_word(&chars, 0, word).is_some()
}

fn find_word(text: &[char], from: usize, word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    let (first, last) = (*word.first()?, *word.last()?);
    let last_start = text.len().checked_sub(word.len())?;
    (from..=last_start).find(|&at| {
        text[at..at + word.len()] == word[..]
            && !(is_word(first) && at > 0 && is_word(text[at - 1]))
            && !(is_word(last) && text.get(at + word.len()).is_some_and(|c| is_word(*c)))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_of(code: &[char], at: usize) -> usize {
    code[..at.min(code.len())].iter().filter(|c| **c == '\n').count() + 1
}

fn blank(code: &mut [char], start: usize, end: usize) {
    for c in &mut code[start..end] {
        if *c != '\n' {
            *c = ' ';
        }
    }
}

/// The spans of items marked `#[cfg(test)]`.
fn test_items(code: &[char]) -> Vec<(usize, usize)> {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut items = Vec::new();
    let mut at = 0;
    while at + mark.len() <= code.len() {
        if code[at..at + mark.len()] != mark[..] {
            at += 1;
            continue;
        }
        let end = item_end(code, at + mark.len());
        items.push((at, end));
        at = end;
    }
    items
}

/// The name in `… mod name;`.
fn declared_module(item: &[char]) -> Option<String> {
    let item: String = item.iter().collect();
    let (_, name) = item.strip_suffix(';')?.rsplit_once("mod ")?;
    Some(name.trim().to_owned())
}

/// One past the end of the item that begins at `from`: its closing brace, or its semicolon or comma.
fn item_end(code: &[char], from: usize) -> usize {
    let body = body_end(code, from);
    let stop = top_level(code, from, &[';', '{']).map_or(code.len(), |at| at + 1);
    body.unwrap_or(stop)
}

/// One past the brace that closes the first body after `from`; `None` when a semicolon comes first.
fn body_end(code: &[char], from: usize) -> Option<usize> {
    let open = top_level(code, from, &[';', '{'])?;
    if code[open] == ';' {
        return None;
    }
    let mut depth = 0usize;
    for (offset, c) in code[open..].iter().enumerate() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(open + offset + 1);
        }
    }
    None
}

/// The first of `stops` outside parentheses and brackets.
fn top_level(code: &[char], from: usize, stops: &[char]) -> Option<usize> {
    let mut depth = 0i32;
    for (offset, c) in code[from..].iter().enumerate() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            c if depth == 0 && stops.contains(c) => return Some(from + offset),
            _ => {}
        }
    }
    None
}

/// Blanks comments and the insides of literals, and collects the string literals.
fn scan(text: &str) -> (Vec<char>, Vec<Literal>) {
    let mut code: Vec<char> = text.chars().collect();
    let mut literals = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < code.len() {
        let (end, is_literal) = token(&code, at);
        if end > at + 1 {
            if is_literal {
                let inside = code[at..end].iter().collect();
                literals.push(Literal { line, text: inside });
            }
            line += code[at..end].iter().filter(|c| **c == '\n').count();
            blank(&mut code, at, end);
            at = end;
        } else {
            line += usize::from(code[at] == '\n');
            at += 1;
        }
    }
    (code, literals)
}

/// Where a comment or literal that starts at `at` ends, and whether it is a string literal. A single character of
/// code ends at `at + 1`.
fn token(code: &[char], at: usize) -> (usize, bool) {
    let next = code.get(at + 1).copied();
    let starts_word = at == 0 || !is_word(code[at - 1]);
    match code[at] {
        '/' if next == Some('/') => (find(code, at, '\n'), false),
        '/' if next == Some('*') => (block_comment_end(code, at), false),
        '"' => (string_end(code, at), true),
        '\'' => (character_end(code, at), false),
        'r' | 'b' | 'c' if starts_word => match raw_string_end(code, at) {
            Some(end) => (end, true),
            None => (at + 1, false),
        },
        _ => (at + 1, false),
    }
}

fn find(code: &[char], from: usize, wanted: char) -> usize {
    code[from..].iter().position(|c| *c == wanted).map_or(code.len(), |offset| from + offset)
}

/// Block comments nest.
fn block_comment_end(code: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0usize);
    while at + 1 < code.len() {
        match (code[at], code[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

fn string_end(code: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < code.len() {
        match code[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    code.len()
}

/// The end of a character literal; a lifetime is code and ends after its quote.
fn character_end(code: &[char], start: usize) -> usize {
    match (code.get(start + 1), code.get(start + 2)) {
        (Some('\\'), _) => find(code, start + 3, '\'') + 1,
        (Some(_), Some('\'')) => start + 3,
        _ => start + 1,
    }
    .min(code.len())
}

/// The end of `r"…"`, `br#"…"#`, `b"…"` and their like; `None` for a name that begins with such a letter.
fn raw_string_end(code: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    while matches!(code.get(at), Some('r' | 'b' | 'c')) && at < start + 2 {
        at += 1;
    }
    if code[at - 1] != 'r' {
        return (code.get(at) == Some(&'"')).then(|| string_end(code, at));
    }
    let hashes = code[at..].iter().take_while(|c| **c == '#').count();
    at += hashes;
    if code.get(at) != Some(&'"') {
        return None;
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let inside = at + 1;
    let end = code[inside..].windows(close.len()).position(|window| window == close.as_slice());
    Some(end.map_or(code.len(), |offset| inside + offset + close.len()))
}

#[cfg(test)]
mod tests;
