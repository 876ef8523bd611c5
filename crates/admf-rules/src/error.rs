//! What can be wrong with a rule, a definition or a grid, where, and what to do about it.

use crate::numeral::number_text as text;
use crate::yaml::{YamlError, YamlProblem};
use crate::{Span, Type};
use admf_model::Role;
use admf_model::words::grouped;

/// Something wrong in a rule, a definition or a grid. Displays as what happened and, mostly, what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct RuleError {
    pub(crate) span: Span,
    pub(crate) problem: Problem,
}

impl RuleError {
    /// Where, in the text that was parsed: a filter, or the YAML of the definition or grid that is at fault.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The nearest valid name or another remedy, where there is one.
    pub fn help(&self) -> Option<String> {
        self.problem.help()
    }
}

/// Several things wrong at once: of an expression all that can be said, not only the first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Errors(pub(crate) Vec<RuleError>);

impl<E: Into<RuleError>> From<E> for Errors {
    fn from(error: E) -> Self {
        Self(vec![error.into()])
    }
}

/// Both, or all that is wrong with either.
pub(crate) fn both<A, B>(a: Result<A, Errors>, b: Result<B, Errors>) -> Result<(A, B), Errors> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Errors(mut a)), Err(Errors(b))) => {
            a.extend(b);
            Err(Errors(a))
        }
        (Err(errors), _) | (_, Err(errors)) => Err(errors),
    }
}

/// What was read, if nothing was wrong with it; else what is wrong first in the text.
pub(crate) fn first<T>(read: Option<T>, errors: Vec<RuleError>) -> Result<T, RuleError> {
    match (errors.into_iter().min_by_key(|error| error.span.start), read) {
        (Some(error), _) => Err(error),
        (None, Some(read)) => Ok(read),
        (None, None) => unreachable!("what cannot be read has a reason"),
    }
}

impl From<YamlError> for RuleError {
    fn from(error: YamlError) -> Self {
        Self { span: error.span, problem: Problem::Yaml(error.problem) }
    }
}

/// Text for a message: its beginning, where it is long. What is marked in the rule shows all of it.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The kinds of mistakes, from the character that makes no sense to the grid that is too large.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Problem {
    // The text of an expression.
    #[error("the rule is {} bytes long, allowed are {}", grouped(*length as u128), grouped(*limit as u128))]
    TooLong { length: usize, limit: usize },
    #[error("the rule is nested more than {limit} deep")]
    TooDeep { limit: u32 },
    #[error("unexpected `{character}`")]
    Unexpected { character: char, remedy: Option<&'static str> },
    #[error("`{}` is not a number", shorten(text))]
    BadNumber { text: String },
    #[error("the text that begins here has no closing `\"`")]
    UnclosedText,
    #[error("text in quotes means nothing in a rule")]
    TextInRule { text: String },
    #[error("`{text}` is no operator")]
    ForeignOperator { text: &'static str, remedy: &'static str },
    #[error("nothing is written behind a point: `{}` is not part of the language", shorten(text))]
    Method { text: String, remedy: String },
    #[error("`{}` asks for a later bar: a rule cannot see the future", shorten(text))]
    LaterBar { text: String },
    #[error("the symbol `{}` needs quotes", shorten(symbol))]
    SymbolNeedsQuotes { symbol: String },
    #[error("this `(` is never closed")]
    Unclosed,
    #[error("expected {expected}, found {found}")]
    Expected { expected: &'static str, found: String, remedy: Option<&'static str> },
    #[error("comparisons cannot be chained: write `{suggestion}`")]
    Chained { suggestion: String },

    // Names and types.
    #[error("unknown name `{}`", shorten(name))]
    UnknownName { name: String, remedy: Option<String> },
    #[error("unknown function `{}`", shorten(name))]
    UnknownFunction { name: String, remedy: Option<String> },
    #[error("unknown parameter `{}`", shorten(name))]
    UnknownParameter { name: String, near: Option<String> },
    #[error("unknown label `{}`", shorten(label))]
    UnknownLabel { label: String, near: Option<&'static str> },
    #[error("`{label}` is not a label of {role}: use {}", role.labels().join(", "))]
    NotOfRole { label: String, role: Role, near: Option<&'static str> },
    #[error("`{name}` is a function: write {signature}")]
    NotCalled { name: &'static str, signature: String },
    #[error("`{name}` is a price and takes no arguments: write {name}, or lag({name}, 1) for the bar before")]
    PriceCalled { name: &'static str },
    #[error("only prices and calls of functions take another symbol: `{name}` is neither")]
    SymbolOfNonPrice { name: String, remedy: Option<String> },
    #[error("`@{symbol}` changes nothing: {name} reads no price without a symbol of its own")]
    SymbolWithoutPrice { name: String, symbol: String },
    #[error(
        "`bars_held` is known to `exit`, `exit_long` and `exit_short` only: elsewhere there is no position"
    )]
    BarsHeldOutsideExit,
    #[error(
        "`bars_held` cannot be an argument of {function}: it is a number of the position, not of the bars"
    )]
    BarsHeldInCall { function: &'static str },
    #[error("expected {expected} {place}, found {found}")]
    WrongType { expected: Type, place: String, found: Type },
    #[error("labels have no order: compare them with == or !=")]
    LabelOrder,
    #[error("a label compares with a regime: write regime(trend) == UP")]
    LabelsOnly,
    #[error("regime takes the name of one classifier or role: write regime(trend)")]
    RegimeArgument,
    #[error("a classifier cannot depend on another: use prices and functions of them")]
    RegimeInClassifier,
    #[error("`{what}` depends on the bar, a condition on parameters cannot")]
    NotAParameter { what: String },
    #[error("{function} needs `{argument}`: write {signature}")]
    MissingArgument {
        function: &'static str,
        argument: &'static str,
        signature: String,
        remedy: Option<String>,
    },
    #[error("{function} takes {takes}, this is one too many: write {signature}")]
    TooManyArguments { function: &'static str, takes: String, signature: String },
    #[error("{function} has no argument `{name}`: write {signature}")]
    UnknownArgument { function: &'static str, name: String, signature: String },
    #[error("`{name}` of {function} is given twice")]
    ArgumentTwice { function: &'static str, name: String },
    #[error("`{argument}` of {function} must be the same on every bar: write a number or a $parameter")]
    NotConstant { function: &'static str, argument: &'static str },

    // Values of constants, known once parameters are in place.
    #[error("this constant is undefined: it divides by zero or is too large")]
    UndefinedConstant,
    #[error("`{argument}` of {function} is {}: a rule cannot see the future, write {} or more", text(*value), text(*minimum))]
    Future { function: &'static str, argument: &'static str, value: f64, minimum: f64 },
    #[error("`{argument}` of {function} is {}, allowed {}..{}", text(*value), text(range.0), text(range.1))]
    ArgumentRange { function: &'static str, argument: &'static str, value: f64, range: (f64, f64) },
    #[error("`{argument}` of {function} is {}: it counts bars, write a whole number", text(*value))]
    ArgumentNotWhole { function: &'static str, argument: &'static str, value: f64 },
    #[error("`{key}` is {}: a constant is a fraction of the fill price between 0 and 1, write 5% or 2 * atr(14)", text(*value))]
    DistanceRange { key: &'static str, value: f64 },
    #[error("`size` is {}: a constant is a fraction of equity above 0 and up to 1, write 50%", text(*value))]
    SizeRange { value: f64 },
    #[error("`max_bars` is {}: write a whole number of bars, at least 1", text(*value))]
    MaxBarsRange { value: f64 },
    #[error("`max_bars` must be the same on every bar: write a number or a $parameter")]
    MaxBarsNotConstant,

    // Definitions.
    #[error(
        "`{name}` is not a name: use lower-case letters, digits and _, a letter first, and none of the language's words"
    )]
    BadName { name: String },
    #[error("a strategy needs `long` or `short`")]
    NoEntry,
    #[error("`exit` stands for both sides: write either `exit`, or `exit_long` and `exit_short`")]
    ExitTwice,
    #[error("`{exit}` without `{entry}` does nothing")]
    ExitWithoutEntry { exit: &'static str, entry: &'static str },
    #[error("a classifier needs at least one label under `labels`")]
    NoLabels,
    #[error("`{name}` is not a role: use trend, volatility, correlation or drawdown")]
    UnknownRole { name: String, near: Option<&'static str> },
    #[error("parameter `{name}` is not used in any rule: every value would be the same strategy")]
    UnusedParameter { name: String },
    #[error("{name} is a {found}, a {wanted} is needed")]
    WrongBody { name: String, found: &'static str, wanted: &'static str },
    #[error("symbol `{symbol}` is not in the data")]
    UnknownSymbol { symbol: String, near: Option<String> },
    #[error("`{name}` of {definition} is symbol `{symbol}`, which is not in the data")]
    MissingOther { definition: String, name: String, symbol: String },
    #[error("{definition} reads no other symbol as `{name}`")]
    NoSuchOther { definition: String, name: String, near: Option<String> },
    #[error("`{name}` is a parameter: give the other symbol a name of its own")]
    OtherIsParameter { name: String },
    #[error("no rule reads `{name}`: write close@{name}, or leave it out")]
    UnusedOther { name: String },
    #[error("no classifier `{name}` in this run")]
    UnknownRegime { name: String, remedy: String },

    // Parameters and domains.
    #[error("{definition} has no parameter `{name}`")]
    NoSuchParameter { definition: String, name: String, near: Option<String> },
    #[error("{definition} needs a value for parameter `{name}`")]
    MissingParameter { definition: String, name: String },
    #[error("parameter `{name}` is {value}, allowed {range}")]
    ParameterRange { name: String, value: String, range: String },
    #[error("parameter `{name}` is {value}: it takes whole numbers")]
    ParameterNotWhole { name: String, value: String },
    #[error(
        "`{text}` is not a value: write a number, a list [5, 10, 20], a range 5..60 step 5 or 5..500 log 8"
    )]
    BadDomain { text: String },
    #[error("the range descends from {from} to {to}: write {to}..{from}")]
    Descending { from: String, to: String },
    #[error("a step of {step} never ends: write a step above 0")]
    BadStep { step: String },
    #[error("a range in equal ratios begins above 0, not at {from}: write 1..100 log 5")]
    RatioFromZero { from: String },
    #[error("a range in equal ratios has at least 2 values, its ends: write log 2 or more")]
    FewRatios,
    #[error("{value} is too large for a range in equal ratios")]
    RatioTooLarge { value: String },
    #[error("a range of decimals needs a step: write {text} step 0.1")]
    DecimalRange { text: String },
    #[error("{} values for one parameter, allowed are {}: take fewer", grouped(*count), grouped(*limit as u128))]
    TooManyValues { count: u128, limit: usize },
    #[error("the value {value} is listed twice")]
    ValueTwice { value: String },
    #[error("a list needs at least one value")]
    EmptyList,

    // Random subsets of grids.
    #[error("`sample` asks for {} of {} parameter sets", grouped(*count as u128), grouped(*left as u128))]
    SampleTooLarge { count: usize, left: usize },
    #[error(
        "only {} parameter sets satisfied `where` in {} random draws, `sample` asks for {}",
        grouped(*found as u128), grouped(*draws), grouped(*count as u128)
    )]
    SampleTooRare { count: usize, found: usize, draws: u64 },
    #[error("`count` is {}: draw 1 to {} parameter sets", value, grouped(*limit as u128))]
    SampleCount { value: i64, limit: usize },
    #[error("the grid has more combinations than can be numbered, so none can be drawn evenly")]
    GridUnnumbered,
    #[error("`seed` is {value}: write a whole number from 0")]
    SampleSeed { value: i64 },

    #[error(transparent)]
    Yaml(YamlProblem),
}

/// A word of a range that was mistyped.
fn near_word(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("..")?;
    let words = rest.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    let mut near = words.filter_map(|word| crate::near::nearest(word, ["step", "log"]));
    did_you_mean(near.next())
}

fn did_you_mean(near: Option<impl std::fmt::Display>) -> Option<String> {
    near.map(|name| format!("did you mean `{name}`?"))
}

impl Problem {
    pub(crate) fn at(self, span: Span) -> RuleError {
        RuleError { span, problem: self }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unexpected { remedy, .. } | Self::Expected { remedy, .. } => remedy.map(str::to_owned),
            Self::BadNumber { text } if text.starts_with('.') => Some(format!("write 0{text}")),
            Self::ForeignOperator { remedy, .. } => Some((*remedy).to_owned()),
            Self::Method { remedy, .. } | Self::UnknownRegime { remedy, .. } => Some(remedy.clone()),
            Self::LaterBar { .. } => Some("write lag(close, 1) for the bar before".to_owned()),
            Self::SymbolNeedsQuotes { symbol } => Some(format!("write @\"{symbol}\"")),
            Self::UnknownName { remedy, .. }
            | Self::UnknownFunction { remedy, .. }
            | Self::MissingArgument { remedy, .. }
            | Self::SymbolOfNonPrice { remedy, .. } => remedy.clone(),
            Self::ArgumentRange { value, range: (_, most), .. }
                if *most == 1.0 && (1.0..=100.0).contains(value) =>
            {
                Some(format!("it is a fraction: write {}%", text(*value)))
            }
            Self::BarsHeldOutsideExit => {
                Some("write exit: bars_held >= 10, or max_bars: 10 beside the rules".to_owned())
            }
            Self::BarsHeldInCall { .. } => {
                Some("compare it outside, as in bars_held >= 10 and close > open".to_owned())
            }
            Self::UnknownLabel { near, .. }
            | Self::NotOfRole { near, .. }
            | Self::UnknownRole { near, .. } => did_you_mean(*near),
            Self::UnknownParameter { near, .. }
            | Self::UnknownSymbol { near, .. }
            | Self::NoSuchOther { near, .. }
            | Self::NoSuchParameter { near, .. } => did_you_mean(near.as_ref()),
            Self::MissingOther { name, .. } => Some(format!(
                "say which symbol it is with `others: {{{name}: SYMBOL}}`, or list the dataset that has it under `auxiliary`"
            )),
            Self::TextInRule { text } => Some(format!("names and labels stand without quotes: write {text}")),
            Self::BadDomain { text } => near_word(text),
            Self::SampleTooLarge { left: 0, .. } => {
                Some("no parameter set satisfies `where`: relax it".to_owned())
            }
            Self::SampleTooLarge { left, .. } => {
                Some(format!("write at most {left}, or leave `sample` out to try all of them"))
            }
            Self::GridUnnumbered => Some("give fewer parameters or fewer values of them".to_owned()),
            Self::SampleTooRare { .. } => Some("relax `where`, narrow the grid, or ask for fewer".to_owned()),
            Self::UndefinedConstant => Some("restrict the parameters with `where:`".to_owned()),
            Self::Yaml(problem) => problem.help(),
            _ => None,
        }
    }
}
