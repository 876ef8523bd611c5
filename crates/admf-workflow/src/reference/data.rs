//! The page on files of prices: ways of writing them, and rules by which they are checked.

use super::{line, page};
use admf_store::market::{DIALECTS, RULES};

/// Dialects and checks.
pub fn market_data() -> String {
    let mut page = page("Price files and checks", "crates/admf-store/src/market/{dialects,quality}");
    page += "`admf data import` reads CSV, plain, `.gz` or `.zst`, and Parquet. Which dialect a file is written in is told by \
             its first line, and said; `--dialect NAME` overrides it, and [How to import your data](../how-to/import-your-data.md) \
             shows what else can be said.\n\n## Dialects\n";
    for dialect in DIALECTS {
        line(&mut page, &format!("\n### `{}`\n\n{}.\n", dialect.name, dialect.source));
        for (what, text) in [
            ("Recognised by", dialect.recognised_by),
            ("Columns", dialect.columns),
            ("Times", dialect.times),
            ("Traps", dialect.traps),
        ] {
            // Headers such as <DATE> are no elements of a page.
            line(&mut page, &format!("- {what}: {}.", text.replace('<', "&lt;")));
        }
    }
    page += "\n## Checks\n\nA row that a rule of severity `rejected` finds is no bar: it refuses the import, unless `--rejects FILE` \
             lists it. What is `flagged` is stored as it stands. Nothing is repaired.\n";
    for rule in RULES {
        line(&mut page, &format!("\n### `{}`\n\n*{}*: {}.\n", rule.name, rule.severity, rule.finds));
        line(
            &mut page,
            &format!("- Why it matters: {}.\n- From where on: {}.", rule.matters, rule.threshold),
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{DIALECTS, RULES, market_data};

    #[test]
    fn every_dialect_and_every_rule_has_a_section() {
        let page = market_data();
        let names = DIALECTS.iter().map(|dialect| dialect.name).chain(RULES.iter().map(|rule| rule.name));
        for name in names {
            assert!(page.contains(&format!("\n### `{name}`\n")), "{name}");
        }
    }
}
