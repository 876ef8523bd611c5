//! Breaks a text into lines at its blanks.

use console::{measure_text_width as width_of, truncate_str};

/// Lines no wider than `width`; a word that is wider alone is cut. At least one line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && width_of(&line) + 1 + width_of(word) > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += &truncate_str(word, width, "…");
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_blanks_and_long_words_are_cut() {
        assert_eq!(wrap("the mean of the last n values", 12), ["the mean of", "the last n", "values"]);
        assert_eq!(wrap("lookback=230 threshold=0.1", 12), ["lookback=230", "threshold=0…"]);
        assert_eq!(wrap("two\nlines", 12), ["two", "lines"]);
        assert_eq!(wrap("", 12), [""]);
    }
}
