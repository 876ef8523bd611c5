//! The keys of definitions and of their parameters.

use super::StrategyFamily;
use crate::Type;
use crate::yaml::{Form, Key, REQUIRED};

const fn key(
    name: &'static str,
    form: Form,
    takes: &'static str,
    default: &'static str,
    meaning: &'static str,
) -> Key {
    Key { name, form, takes, default, meaning }
}

/// What every definition may have.
pub const NAMING: [Key; 8] = [
    key(
        "name",
        Form::Own("name"),
        "lower-case letters, digits and `_`, a letter first",
        REQUIRED,
        "what results are stored under",
    ),
    key("title", Form::Text, "text", "the name", "the name for people"),
    key("what_it_does", Form::Text, "text", "empty", "documentation"),
    key("when_it_fails", Form::Text, "text", "empty", "documentation"),
    key("reference", Form::Text, "text", "empty", "documentation: a source to read"),
    key(
        "parameters",
        Form::Own("parameters"),
        "map",
        "none",
        "the parameters, written `$name` in rules; each must be used",
    ),
    key("where", Form::Condition, "condition", "none", "which combinations to try"),
    key(
        "others",
        Form::Own("others"),
        "map from names to symbols",
        "none",
        "other symbols that the rules read, written `close@name`; each must be used",
    ),
];

/// What a strategy may have besides.
pub const SUGGESTION: [Key; 2] = [
    key(
        "family",
        Form::Word(&StrategyFamily::NAMES),
        "`baseline`, `trend`, `momentum`, `reversion`, `breakout`, `volatility`, `calendar`, `pair`",
        "none",
        "documentation: the idea that it lives on",
    ),
    key(
        "grid",
        Form::Own("grid"),
        "map from parameters to values",
        "none",
        "values to try; parameters left out keep their default",
    ),
];

/// The rules of a strategy, in the order of the documentation.
pub const STRATEGY: [Key; 10] = [
    key(
        "long",
        Form::Rule(Type::Truth),
        "true or false",
        "none",
        "when to be long (rule 7); `long` or `short` is required",
    ),
    key("short", Form::Rule(Type::Truth), "true or false", "none", "when to be short"),
    key(
        "exit",
        Form::Rule(Type::Truth),
        "true or false",
        "none",
        "when to leave, for both sides; with it `long` and `short` are entries that hold until the exit",
    ),
    key(
        "exit_long",
        Form::Rule(Type::Truth),
        "true or false",
        "none",
        "the same for long positions, instead of `exit`",
    ),
    key("exit_short", Form::Rule(Type::Truth), "true or false", "none", "the same for short positions"),
    key(
        "size",
        Form::Rule(Type::Number),
        "number",
        "1",
        "fraction of equity to invest (rule 12): a constant above 0 and up to 1, or a number per bar, which counts as 1 \
         where it is more",
    ),
    key(
        "stop_loss",
        Form::Rule(Type::Number),
        "number",
        "none",
        "distance of the stop from the entry fill (rule 10)",
    ),
    key(
        "take_profit",
        Form::Rule(Type::Number),
        "number",
        "none",
        "distance of the target from the entry fill",
    ),
    key(
        "trailing_stop",
        Form::Rule(Type::Number),
        "number",
        "none",
        "distance of the stop from the best price",
    ),
    key(
        "max_bars",
        Form::Rule(Type::Number),
        "whole number ≥ 1, a constant",
        "none",
        "closes after which the position is left (rule 11)",
    ),
];

/// What makes a classifier.
pub const CLASSIFIER: [Key; 3] = [
    key(
        "role",
        Form::Own("role"),
        "`trend`, `volatility`, `correlation`, `drawdown`",
        REQUIRED,
        "which vocabulary the labels come from (rule 21)",
    ),
    key(
        "labels",
        Form::Own("labels"),
        "map from labels to conditions",
        REQUIRED,
        "tried from top to bottom: the first that is true wins",
    ),
    key(
        "otherwise",
        Form::Own("label"),
        "label",
        "none",
        "where all are false; without it those bars have no label",
    ),
];

/// What describes a parameter.
pub const PARAMETER: [Key; 4] = [
    key("type", Form::Word(&["integer", "number"]), "`integer`, `number`", REQUIRED, "whole or decimal"),
    key("default", Form::Own("value"), "number", REQUIRED, "its value"),
    key("range", Form::Own("range"), "`low..high`", "any", "smallest and largest allowed value"),
    key("doc", Form::Text, "text", "empty", "what it means"),
];

/// What describes another symbol.
pub const OTHER: [Key; 2] = [
    key("default", Form::Text, "symbol", REQUIRED, "the symbol that it stands for"),
    key("doc", Form::Text, "text", "empty", "what it means"),
];

/// What describes a sample of a grid.
pub const SAMPLE: [Key; 2] = [
    key(
        "count",
        Form::Own("sample_count"),
        "whole number from 1 to 10,000,000",
        REQUIRED,
        "how many parameter sets",
    ),
    key("seed", Form::Own("seed"), "whole number ≥ 0", "1", "which of the possible samples"),
];
