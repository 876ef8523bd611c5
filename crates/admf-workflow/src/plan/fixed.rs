//! Conditions that are the same on every bar: a warning before a run, because somebody meant something else.

use super::{Plan, PlannedStrategy};
use crate::run::symbols::{coverage, price_extent};
use crate::spec::Source;
use admf_rules::graph::Field;
use admf_rules::{Always, Extent, FixedPart, library};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What was found in the rules of one entry.
pub(super) struct Fixed {
    /// A warning per part.
    pub(super) notes: Vec<String>,
    /// True when no entry can be true.
    pub(super) is_idle: bool,
}

/// The prices of a plan, each looked at when a rule asks for it.
pub(super) struct Prices<'a> {
    plan: &'a Plan,
    known: RefCell<BTreeMap<(Field, Option<String>), Extent>>,
}

impl<'a> Prices<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        Self { plan, known: RefCell::default() }
    }

    fn extent(&self, field: Field, symbol: Option<&str>) -> Extent {
        let key = (field, symbol.map(str::to_owned));
        let known = self.known.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let extent = price_extent(self.plan, field, symbol);
            self.known.borrow_mut().insert(key, extent);
            extent
        })
    }
}

/// Looks at the rules of an entry, for all values of its grid.
pub(super) fn look(plan: &Plan, strategy: &PlannedStrategy, prices: &Prices<'_>) -> Fixed {
    let definition = &strategy.chosen.definition;
    let parts = definition.fixed_parts(&strategy.grid, &|field, symbol| prices.extent(field, symbol));
    let decided = |key: &str| parts.iter().any(|part| part.decides && part.key == key);
    let has = |key: &str| definition.rules.iter().any(|(rule, _)| rule == key);
    let is_idle = ["long", "short"].into_iter().all(|key| decided(key) || !has(key));
    let source = plan.source.view();
    let notes = parts.iter().map(|part| {
        let name = &definition.name;
        let text = library::source(name).filter(|_| strategy.chosen.from_library);
        let (place, text) = match text {
            Some(text) => (source.position(strategy.chosen.span.start), Source::new("", text)),
            None => (source.position(part.span.start), source.clone()),
        };
        let reason = reason(part, &text, &|symbol| coverage(plan, symbol));
        format!("{place}: {reason}{}", consequence(part, is_idle, name))
    });
    Fixed { notes: notes.collect(), is_idle }
}

/// Why a part is the same on every bar; places are in `text`.
pub(crate) fn reason(
    part: &FixedPart,
    text: &Source<'_>,
    coverage: &dyn Fn(&str) -> Option<String>,
) -> String {
    let written = text.slice(part.span);
    match part.always {
        Always::Undefined => {
            let covers = part.symbol.as_deref().and_then(coverage);
            let covers = covers.map_or_else(String::new, |covers| format!(": {covers}"));
            format!("`{written}` has no value on any bar{covers}")
        }
        always => {
            let verb = if always == Always::True { "true wherever it is defined" } else { "never true" };
            let sides = part.sides.iter().filter_map(|(span, extent)| {
                Some(format!("`{}` is {}", text.slice(*span), in_words(*extent)?))
            });
            let sides: Vec<String> = sides.collect();
            let because = if sides.is_empty() { String::new() } else { format!(": {}", sides.join(" and ")) };
            format!("`{written}` is {verb}{because}")
        }
    }
}

/// What follows for the strategy.
fn consequence(part: &FixedPart, is_idle: bool, name: &str) -> String {
    match (part.key, part.decides) {
        ("long" | "short", true) if is_idle => format!("; {name} never trades"),
        ("long" | "short", true) => format!("; {name} never goes {}", part.key),
        (_, true) => format!("; {name} never leaves by its exit"),
        _ => String::new(),
    }
}

/// `from 0 to 100`; nothing where nothing is known.
pub(crate) fn in_words(Extent { low, high }: Extent) -> Option<String> {
    match (low.is_finite(), high.is_finite()) {
        (true, true) if low == high => Some(rounded(low)),
        (true, true) => Some(format!("from {} to {}", rounded(low), rounded(high))),
        (true, false) => Some(if low == f64::MIN_POSITIVE {
            "above 0".to_owned()
        } else {
            format!("at least {}", rounded(low))
        }),
        (false, true) => Some(format!("at most {}", rounded(high))),
        (false, false) => None,
    }
}

/// Six digits that count.
fn rounded(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = (5.0 - value.abs().log10().floor()).clamp(0.0, 15.0) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{in_words, rounded};
    use admf_rules::Extent;

    #[test]
    fn numbers_have_six_digits_and_no_more_than_they_need() {
        let told = [0.0, 705.07, 13.0, 0.000_123_456_789, 1_234_567.8, -2.5].map(rounded);
        assert_eq!(told, ["0", "705.07", "13", "0.000123457", "1234568", "-2.5"]);
        let half = Extent { low: 1.0, high: f64::INFINITY };
        assert_eq!(in_words(half).unwrap(), "at least 1");
        assert_eq!(in_words(Extent::ANY), None);
    }
}
