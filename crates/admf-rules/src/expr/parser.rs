//! Builds the tree of an expression from its tokens, by precedence.

use super::lexer::{Token, TokenKind, tokens};
use super::{Argument, BinaryOperator, Expr, ExprKind, MAX_DEPTH, MAX_LENGTH, UnaryOperator};
use crate::error::{Problem, RuleError, shorten};
use crate::{Arithmetic, Span};

/// What the expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Over bars.
    Rule,
    /// Over rows: text is allowed.
    Filter,
}

/// Reads `text`; `locate` turns an offset into it into one of the source that errors and spans refer to.
pub(super) fn parse(
    text: &str,
    locate: &dyn Fn(usize) -> usize,
    dialect: Dialect,
) -> Result<Expr, RuleError> {
    let placed = |span: Span| Span::new(locate(span.start), locate(span.end));
    if text.len() > MAX_LENGTH {
        let problem = Problem::TooLong { length: text.len(), limit: MAX_LENGTH };
        return Err(problem.at(placed(Span::new(0, text.len()))));
    }
    let mut parser = tokens(text, dialect)
        .map(|tokens| Parser { text, tokens, at: 0, nesting: 0, dialect })
        .map_err(|e| RuleError { span: placed(e.span), ..e })?;
    let parsed = parser.expression(0).and_then(|expr| match parser.peek().kind {
        TokenKind::End => Ok(expr),
        _ => Err(parser.unexpected("an operator or the end of the rule")),
    });
    match parsed {
        Ok(mut expr) => {
            place(&mut expr, &placed);
            Ok(expr)
        }
        Err(e) => Err(RuleError { span: placed(e.span), ..e }),
    }
}

fn place(expr: &mut Expr, placed: &dyn Fn(Span) -> Span) {
    expr.span = placed(expr.span);
    match &mut expr.kind {
        ExprKind::Call { name_span, arguments, .. } => {
            *name_span = placed(*name_span);
            for argument in arguments {
                if let Some((_, span)) = &mut argument.name {
                    *span = placed(*span);
                }
                place(&mut argument.value, placed);
            }
        }
        ExprKind::Unary { operand, .. } => place(operand, placed),
        ExprKind::Binary { left, right, .. } => {
            place(left, placed);
            place(right, placed);
        }
        _ => {}
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    at: usize,
    nesting: u32,
    dialect: Dialect,
}

/// Binding strengths; a higher one binds tighter.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const NEGATE: u8 = 7;

impl<'t> Parser<'t> {
    fn peek(&self) -> Token<'t> {
        self.tokens[self.at]
    }

    fn next(&mut self) -> Token<'t> {
        let token = self.peek();
        // The last token is the end and stays in place.
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// An expression whose operators bind at least as tightly as `strength`.
    fn expression(&mut self, strength: u8) -> Result<Expr, RuleError> {
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(self.too_deep(self.peek().span));
        }
        let mut left = self.prefix(strength)?;
        while let Some((operator, found)) = infix(self.peek().kind)
            && found >= strength
        {
            self.next();
            // Operators of one strength group to the left, so the right side must bind tighter.
            let right = self.expression(found + 1)?;
            if found == COMPARE && matches!(self.peek().kind, TokenKind::Compare(_)) {
                return Err(self.chained(&left, operator, &right));
            }
            let span = left.span.to(right.span);
            let depth = 1 + left.depth.max(right.depth);
            let kind = ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) };
            left = self.node(span, kind, depth)?;
        }
        self.nesting -= 1;
        Ok(left)
    }

    fn prefix(&mut self, strength: u8) -> Result<Expr, RuleError> {
        let token = self.peek();
        let (operator, binding) = match token.kind {
            TokenKind::Word("not") if strength <= NOT => (UnaryOperator::Not, NOT),
            TokenKind::Arithmetic(Arithmetic::Subtract) => (UnaryOperator::Negate, NEGATE),
            _ => return self.primary(),
        };
        self.next();
        let operand = self.expression(binding)?;
        let (span, depth) = (token.span.to(operand.span), 1 + operand.depth);
        self.node(span, ExprKind::Unary { operator, operand: Box::new(operand) }, depth)
    }

    fn primary(&mut self) -> Result<Expr, RuleError> {
        let token = self.peek();
        let kind = match token.kind {
            TokenKind::Number(value) => ExprKind::Number(value),
            TokenKind::Parameter(name) => ExprKind::Parameter(name.to_owned()),
            TokenKind::Text(text) if self.dialect == Dialect::Filter => ExprKind::Text(text.to_owned()),
            TokenKind::Text(text) => return Err(Problem::TextInRule { text: text.to_owned() }.at(token.span)),
            TokenKind::Word("true") => ExprKind::Truth(true),
            TokenKind::Word("false") => ExprKind::Truth(false),
            TokenKind::Word(word) if !is_keyword(word) => return self.named(word),
            TokenKind::Open => return self.parenthesised(),
            _ => return Err(self.unexpected("a value")),
        };
        self.next();
        self.node(token.span, kind, 1)
    }

    fn parenthesised(&mut self) -> Result<Expr, RuleError> {
        let open = self.next().span;
        let mut inner = self.expression(0)?;
        inner.span = match self.peek().kind {
            TokenKind::Close => open.to(self.next().span),
            TokenKind::End => return Err(Problem::Unclosed.at(open)),
            _ => return Err(self.unexpected("an operator or `)`")),
        };
        Ok(inner)
    }

    /// What a word that is no keyword begins.
    fn named(&mut self, word: &str) -> Result<Expr, RuleError> {
        let span = self.next().span;
        match self.peek().kind {
            TokenKind::Open => self.call(word, span),
            TokenKind::Symbol(symbol) => {
                let end = self.next().span;
                let kind = ExprKind::At { name: word.to_owned(), symbol: symbol.to_owned() };
                self.node(span.to(end), kind, 1)
            }
            _ if is_label(word) => self.node(span, ExprKind::Label(word.to_owned()), 1),
            _ => self.node(span, ExprKind::Name(word.to_owned()), 1),
        }
    }

    fn call(&mut self, name: &str, name_span: Span) -> Result<Expr, RuleError> {
        let open = self.next().span;
        let mut arguments = Vec::new();
        let mut depth = 0;
        if self.peek().kind != TokenKind::Close {
            loop {
                let argument = self.argument()?;
                depth = depth.max(argument.value.depth);
                arguments.push(argument);
                match self.peek().kind {
                    TokenKind::Comma => self.next(),
                    TokenKind::Close => break,
                    TokenKind::End => return Err(Problem::Unclosed.at(open)),
                    _ => return Err(self.unexpected("`,` or `)`")),
                };
            }
        }
        let mut end = self.next().span;
        let symbol = match self.peek().kind {
            TokenKind::Symbol(symbol) => {
                end = self.next().span;
                Some(symbol.to_owned())
            }
            _ => None,
        };
        let kind = ExprKind::Call { name: name.to_owned(), name_span, arguments, symbol };
        self.node(name_span.to(end), kind, 1 + depth)
    }

    fn argument(&mut self) -> Result<Argument, RuleError> {
        let token = self.peek();
        let follows = self.tokens.get(self.at + 1).map(|t| t.kind);
        let name = match (token.kind, follows) {
            (TokenKind::Word(word), Some(TokenKind::Assign)) => {
                self.next();
                self.next();
                Some((word.to_owned(), token.span))
            }
            _ => None,
        };
        Ok(Argument { name, value: self.expression(0)? })
    }

    fn node(&self, span: Span, kind: ExprKind, depth: u32) -> Result<Expr, RuleError> {
        if depth > MAX_DEPTH { Err(self.too_deep(span)) } else { Ok(Expr { span, kind, depth }) }
    }

    fn too_deep(&self, span: Span) -> RuleError {
        Problem::TooDeep { limit: MAX_DEPTH }.at(span)
    }

    fn unexpected(&self, expected: &'static str) -> RuleError {
        let token = self.peek();
        let found = match token.kind {
            TokenKind::End => "the end".to_owned(),
            _ => format!("`{}`", &self.text[token.span.start..token.span.end]),
        };
        let remedy = match token.kind {
            TokenKind::Assign => Some("write `==` to compare"),
            TokenKind::Word("AND") => Some("write `and` in lower case"),
            TokenKind::Word("OR") => Some("write `or` in lower case"),
            TokenKind::Word("NOT") => Some("write `not` in lower case"),
            TokenKind::Word("xor") => Some("write (a or b) and not (a and b)"),
            TokenKind::Word("is" | "isnot") => Some("write defined(x), or `==` to compare"),
            TokenKind::Word("then" | "else") => Some("write if(condition, a, b)"),
            TokenKind::Word("not") => Some("put `not` and what it applies to into parentheses"),
            TokenKind::Symbol(_) => {
                Some("only a price or a function takes another symbol, such as close@VIX or atr(14)@VIX")
            }
            _ => None,
        };
        Problem::Expected { expected, found, remedy }.at(token.span)
    }

    /// The error for `left operator middle < ..`, of which the second comparison is next.
    fn chained(&mut self, left: &Expr, operator: BinaryOperator, middle: &Expr) -> RuleError {
        let second = self.next().span;
        let right = match self.expression(COMPARE + 1) {
            Ok(right) => right,
            Err(other) => return other,
        };
        let text = |span: Span| shorten(&self.text[span.start..span.end]);
        let first = match operator {
            BinaryOperator::Compare(c) => super::comparison_text(c),
            _ => "",
        };
        let (left, middle, sign, right) =
            (text(left.span), text(middle.span), text(second), text(right.span));
        let suggestion = format!("{left} {first} {middle} and {middle} {sign} {right}");
        Problem::Chained { suggestion }.at(second)
    }
}

fn infix(token: TokenKind<'_>) -> Option<(BinaryOperator, u8)> {
    Some(match token {
        TokenKind::Word("or") => (BinaryOperator::Or, OR),
        TokenKind::Word("and") => (BinaryOperator::And, AND),
        TokenKind::Compare(c) => (BinaryOperator::Compare(c), COMPARE),
        TokenKind::Arithmetic(a @ (Arithmetic::Add | Arithmetic::Subtract)) => {
            (BinaryOperator::Arithmetic(a), SUM)
        }
        TokenKind::Arithmetic(a) => (BinaryOperator::Arithmetic(a), PRODUCT),
        _ => return None,
    })
}

/// Words that cannot be names.
pub(crate) fn is_keyword(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "true" | "false" | "AND" | "OR" | "NOT")
}

fn is_label(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_uppercase()) && !word.chars().any(|c| c.is_lowercase())
}
