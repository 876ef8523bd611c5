//! The keys of a spec.

use admf_rules::yaml::{Form, Key, Limits, REQUIRED};

const fn key(
    name: &'static str,
    form: Form,
    takes: &'static str,
    default: &'static str,
    meaning: &'static str,
) -> Key {
    Key { name, form, takes, default, meaning }
}

const FRACTION: Limits = Limits {
    low: 0.0,
    above: false,
    below: Some(1.0),
    complaint: "it is a fraction, 0.001 is 0.1 %",
    help: Some("write a number from 0 to below 1, or 0.1%"),
};
const YEARLY: Limits = Limits {
    low: -1.0,
    above: true,
    below: Some(1.0),
    complaint: "it is a fraction per year, 0.02 is 2 %",
    help: None,
};
const MONEY: Limits =
    Limits { low: 0.0, above: false, below: None, complaint: "money paid is not negative", help: None };
const POSITIVE: Limits =
    Limits { low: 0.0, above: true, below: None, complaint: "write a number above 0", help: None };

const FILL: &[&str] = &["next_open", "same_close"];
const PRICES: &[&str] = &["adjusted", "raw"];
const KEPT: &[&str] = &["all", "none"];
const STORED_METRICS: &[&str] = &["all", "net"];

/// Of the spec itself.
pub static SPEC: [Key; 9] = [
    key("name", Form::Text, "text", "the file's name", "what the run calls itself"),
    key("include", Form::Names, "path or list of paths", "none", "specs that this one adds to (see below)"),
    key("data", Form::Own("data"), "text or map", REQUIRED, "which bars; text alone is the dataset"),
    key("strategies", Form::Own("strategies"), "list", REQUIRED, "what is tried, at least one entry"),
    key(
        "classifiers",
        Form::Own("classifiers"),
        "list",
        "none",
        "by what performance is split, and what `regime(…)` names",
    ),
    key("execution", Form::Own("execution"), "map", "as below", "fills and capital"),
    key("costs", Form::Own("costs"), "map", "as below", "what trading costs"),
    key("metrics", Form::Own("metrics"), "map", "as below", "the basis of annualised numbers"),
    key("keep", Form::Own("keep"), "map", "as below", "what is stored besides metrics"),
];

/// Of `data`.
pub static DATA: [Key; 7] = [
    key(
        "dataset",
        Form::Text,
        "text",
        REQUIRED,
        "an imported dataset: `stocks`, its last import, or `stocks@f3ce`, the version whose content hash begins so",
    ),
    key(
        "symbols",
        Form::Names,
        "name or list",
        "all that can be traded",
        "the symbols that strategies are run on, in this order; `*` in a name stands for any letters",
    ),
    key(
        "auxiliary",
        Form::Names,
        "name or list",
        "none",
        "datasets whose symbols rules may name as `close@SYMBOL`, besides the dataset itself (rule 4)",
    ),
    key("from", Form::Time, "date or time, UTC", "the first bar", "first evaluated time (rule 5)"),
    key("to", Form::Time, "date or time, UTC", "the last bar", "last evaluated time, included"),
    key(
        "prices",
        Form::Word(PRICES),
        "`adjusted`, `raw`",
        "`adjusted`",
        "which prices rules and fills see (rule 3)",
    ),
    key(
        "staleness",
        Form::Count,
        "whole number ≥ 1",
        "5",
        "bar lengths after which another symbol's value is undefined (rule 4)",
    ),
];

/// Of `execution`.
pub static EXECUTION: [Key; 4] = [
    key(
        "fill",
        Form::Word(FILL),
        "`next_open`, `same_close`",
        "`next_open`",
        "when decisions are executed (rule 2)",
    ),
    key(
        "capital",
        Form::Number(&POSITIVE),
        "number > 0",
        "100000",
        "starting capital of every strategy, in the currency of the prices",
    ),
    key(
        "whole_units",
        Form::Truth,
        "`true`, `false`",
        "`false`",
        "round units towards zero to whole ones (rule 12)",
    ),
    key(
        "close_at_end",
        Form::Truth,
        "`true`, `false`",
        "`false`",
        "close an open position at the last close (rule 16)",
    ),
];

/// Of `costs`.
pub static COSTS: [Key; 5] = [
    key(
        "commission",
        Form::Number(&FRACTION),
        "0 to below 1",
        "0.001",
        "fraction of the value of each fill (rule 14)",
    ),
    key("commission_per_fill", Form::Number(&MONEY), "money ≥ 0", "0", "per fill"),
    key("commission_per_unit", Form::Number(&MONEY), "money ≥ 0", "0", "per unit of each fill"),
    key(
        "slippage",
        Form::Own("slippage"),
        "rate, `{linear: rate}` or `{sqrt: rate}`",
        "`{linear: 0.0005}`",
        "by how much of the price a fill moves against the trade, 0 to below 1 (rule 14); a rate alone is linear",
    ),
    key(
        "borrow_rate",
        Form::Number(&FRACTION),
        "0 to below 1",
        "0",
        "per year, of the value of a short (rule 13)",
    ),
];

/// Of `slippage`, which takes one of them.
pub static SLIPPAGE: [Key; 2] = [
    key("linear", Form::Number(&FRACTION), "0 to below 1", "none", "the same at every price"),
    key(
        "sqrt",
        Form::Number(&FRACTION),
        "0 to below 1",
        "none",
        "grows with the square root of the fill's size",
    ),
];

/// Of `metrics`.
pub static METRICS: [Key; 3] = [
    key("risk_free", Form::Number(&YEARLY), "between −1 and 1", "0", "per year, in Sharpe ratios (rule 18)"),
    key(
        "minimum_acceptable_return",
        Form::Number(&YEARLY),
        "between −1 and 1",
        "0",
        "per year, in Sortino ratios (rule 18)",
    ),
    key(
        "bars_per_year",
        Form::Number(&POSITIVE),
        "number > 0",
        "the dataset's",
        "what numbers are annualised with (rule 19); also the year of `borrow_rate` and of `{sqrt: …}`",
    ),
];

/// Of `keep`.
pub static KEEP: [Key; 3] = [
    key(
        "trades",
        Form::Word(KEPT),
        "`all`, `none`",
        "`all` up to 50,000 strategies, else `none`",
        "store every trade",
    ),
    key(
        "signals",
        Form::Word(KEPT),
        "`all`, `none`",
        "as `trades`",
        "store every change of the wanted position",
    ),
    key(
        "metrics",
        Form::Word(STORED_METRICS),
        "`all`, `net`",
        "`all`",
        "`net` computes those of net returns and of trades alone, about twice as fast: `gross_*`, `cost_impact`, \
         `value_at_risk`, `expected_shortfall` and `beta` are undefined",
    ),
];

/// Of an entry of `strategies` that uses the library.
pub static LIBRARY_STRATEGY: [Key; 4] = [
    key("type", Form::Own("strategy_name"), "name", REQUIRED, "the strategy"),
    key(
        "grid",
        Form::Own("suggested_grid"),
        "map from parameters to values, or `suggested`",
        "none",
        "values to try (see below), or those that the library suggests; parameters left out keep their default",
    ),
    key(
        "where",
        Form::Condition,
        "condition",
        "none",
        "which combinations to try, beside the strategy's own condition",
    ),
    OTHERS,
];

/// Of an entry whose definition reads other symbols.
const OTHERS: Key = key(
    "others",
    Form::Own("other_symbols"),
    "map from names to symbols",
    "the definition's",
    "which symbols the definition's other symbols are, such as `{other: NASDAQ}`",
);

/// Of every entry of `strategies`.
pub static ENTRY: [Key; 2] = [
    key("symbols", Form::Names, "name or list", "the run's", "on which of the run's symbols"),
    key(
        "sample",
        Form::Own("sample"),
        "whole number, or `{count: 500, seed: 7}`",
        "none",
        "try so many combinations, drawn at random (see below)",
    ),
];

/// Of an entry of `classifiers` that uses the library.
pub static LIBRARY_CLASSIFIER: [Key; 3] = [
    key("type", Form::Own("classifier_name"), "name", REQUIRED, "the classifier"),
    key(
        "parameters",
        Form::Own("grid"),
        "map from parameters to values",
        "none",
        "other values than the defaults",
    ),
    OTHERS,
];

#[cfg(test)]
pub(super) mod tests;
