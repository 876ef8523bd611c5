//! Breaks messages into lines between words; a word or a path stays whole, however long it is.

use console::measure_text_width as width_of;

/// The text with lines no wider than `width` where its words allow it.
pub(super) fn fill(text: &str, width: usize) -> String {
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
            line += word;
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn lines_break_between_words_and_words_stay_whole() {
        assert_eq!(fill("nothing was removed", 12), "nothing was\nremoved");
        assert_eq!(fill("see /a/very/long-path here", 8), "see\n/a/very/long-path\nhere");
        assert_eq!(fill("two\nlines", 12), "two\nlines");
    }
}
