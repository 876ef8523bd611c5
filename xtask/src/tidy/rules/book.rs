//! Every page under `docs/` is a chapter of the book: a page that `docs/SUMMARY.md` does not name is not found.

use super::{Finding, Tree};

const SUMMARY: &str = "docs/SUMMARY.md";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let chapters = tree.files.iter().find(|file| file.path == SUMMARY).map_or("", |file| file.text.as_str());
    let pages = tree.with_ending(&[".md"]).filter(|file| file.path != SUMMARY);
    pages
        .filter(|file| {
            let page = file.path.strip_prefix("docs/");
            page.is_some_and(|page| !chapters.contains(&format!("]({page})")))
        })
        .map(|file| file.finding(1, format!("{SUMMARY} does not name this page")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::rules::{assert_finds, assert_leaves_alone};

    #[test]
    fn a_page_that_is_no_chapter_is_found() {
        let summary = ("docs/SUMMARY.md", "- [A](a.md)\n- [B](how-to/b.md)\n");
        let pages =
            [summary, ("docs/a.md", ""), ("docs/b.md", ""), ("docs/how-to/b.md", ""), ("README.md", "")];
        assert_finds(check, &pages, &["docs/b.md:1"]);
        assert_finds(check, &[("docs/a.md", "")], &["docs/a.md:1"]);
        assert_leaves_alone(check, &[summary, ("docs/a.md", ""), ("examples/c/README.md", "")]);
    }
}
