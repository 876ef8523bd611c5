//! Expressions as they were written: names are not resolved, types not checked, parameters not in place.
//!
//! The grammar, loosest first:
//!
//! ```text
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | comparison
//! comparison = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
//! sum        = product { ("+" | "-") product }
//! product    = unary { ("*" | "/") unary }
//! unary      = "-" unary | primary
//! primary    = number | "true" | "false" | "$" name | LABEL | name | name "@" symbol | call | "(" or ")"
//! call       = name "(" [ argument { "," argument } ] ")" [ "@" symbol ]
//! argument   = [ name "=" ] or
//! ```

use crate::logic::Arithmetic;
use crate::yaml::Scalar;
use crate::{RuleError, Span};
use admf_model::Comparison;

mod foreign;
mod lexer;
mod parser;

pub(crate) use foreign::synonym;
pub(crate) use lexer::plain_symbol_length;
pub(crate) use parser::is_keyword;

/// Longest expression, in bytes of text.
pub const MAX_LENGTH: usize = 16_384;
/// Deepest nesting, counting operators, calls and parentheses.
pub const MAX_DEPTH: u32 = 128;

/// An expression and where it stands in the source text.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// The text it was read from.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
    /// Height of the tree: later passes recurse, so it is bounded here once for all of them.
    depth: u32,
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A finite number, not negative.
    Number(f64),
    /// `true` or `false`.
    Truth(bool),
    /// Text in double quotes, only in filters.
    Text(String),
    /// `$name`.
    Parameter(String),
    /// An upper-case word: the label of a regime.
    Label(String),
    /// A bare name: a price in a rule, a parameter in `where:`, a column in a filter.
    Name(String),
    /// `name@symbol`: a price of another symbol.
    At {
        /// The price.
        name: String,
        /// The other symbol.
        symbol: String,
    },
    /// `name(arguments)` or `name(arguments)@symbol`.
    Call {
        /// The function.
        name: String,
        /// Where the name stands.
        name_span: Span,
        /// What it is called with.
        arguments: Vec<Argument>,
        /// The symbol that it is asked of.
        symbol: Option<String>,
    },
    /// An operator with one operand.
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it applies to.
        operand: Box<Expr>,
    },
    /// An operator with two operands.
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The name in `name=value`, and where it stands.
    pub name: Option<(String, Span)>,
    /// The value.
    pub value: Expr,
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `<` and its kind.
    Compare(Comparison),
    /// `+` and its kind.
    Arithmetic(Arithmetic),
}

impl Expr {
    /// Reads a rule; spans are offsets into `text`.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        parser::parse(text, &|offset| offset, parser::Dialect::Rule)
    }

    /// Reads a rule from a YAML scalar; spans are offsets into the YAML text.
    pub fn parse_scalar(scalar: &Scalar) -> Result<Self, RuleError> {
        parser::parse(scalar.text(), &|offset| scalar.source_offset(offset), parser::Dialect::Rule)
    }

    /// Reads a filter over rows, such as `sharpe_ratio > 1 and strategy_type == "momentum"`: the same grammar, in which
    /// bare names are columns and text may stand in double quotes. Spans are offsets into `text`.
    pub fn parse_filter(text: &str) -> Result<Self, RuleError> {
        parser::parse(text, &|offset| offset, parser::Dialect::Filter)
    }
}

/// How a comparison is written.
pub(crate) const fn comparison_text(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}

/// How an operation is written.
pub(crate) const fn arithmetic_text(operation: Arithmetic) -> &'static str {
    match operation {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
    }
}

#[cfg(test)]
mod tests;
