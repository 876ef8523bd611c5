//! Canonical text of nodes: one spelling per node, with as few parentheses as keep the meaning.

use super::{Call, Graph, Node, NodeId};
use crate::expr::{arithmetic_text, comparison_text, plain_symbol_length};
use crate::functions::{bars_held, regime};
use crate::logic::Arithmetic;
use crate::numeral::write_number;

/// Binding strengths of the grammar, loosest first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Strength {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Negate,
    Primary,
}

impl Graph {
    /// The canonical text of a node: parse it and it binds to the same node.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        self.write(id, &mut text);
        text
    }

    /// Appends the canonical text of a node.
    pub fn write(&self, id: NodeId, text: &mut String) {
        self.write_at(id, Strength::Or, text);
    }

    /// Writes a node where the grammar expects something that binds at least as tightly as `wanted`.
    fn write_at(&self, id: NodeId, wanted: Strength, text: &mut String) {
        let own = self.strength(id);
        if own < wanted {
            text.push('(');
        }
        match self.node(id) {
            Node::Or(a, b) => self.write_infix(a, " or ", b, (Strength::Or, Strength::And), text),
            Node::And(a, b) => self.write_infix(a, " and ", b, (Strength::And, Strength::Not), text),
            Node::Compare(comparison, a, b) => {
                self.write_infix(a, comparison_text(comparison), b, (Strength::Sum, Strength::Sum), text);
            }
            Node::SameLabel(equal, a, b) => {
                let sign = if equal { "==" } else { "!=" };
                self.write_infix(a, sign, b, (Strength::Sum, Strength::Sum), text);
            }
            Node::Arithmetic(operation, a, b) => {
                let sides = match operation {
                    Arithmetic::Add | Arithmetic::Subtract => (Strength::Sum, Strength::Product),
                    Arithmetic::Multiply | Arithmetic::Divide => (Strength::Product, Strength::Negate),
                };
                self.write_infix(a, arithmetic_text(operation), b, sides, text);
            }
            Node::Not(a) => {
                text.push_str("not ");
                self.write_at(a, Strength::Not, text);
            }
            Node::Negate(a) => {
                text.push('-');
                self.write_at(a, Strength::Negate, text);
            }
            _ => self.write_primary(id, text),
        }
        if own < wanted {
            text.push(')');
        }
    }

    fn strength(&self, id: NodeId) -> Strength {
        match self.node(id) {
            Node::Or(..) => Strength::Or,
            Node::And(..) => Strength::And,
            Node::Not(_) => Strength::Not,
            Node::Compare(..) | Node::SameLabel(..) => Strength::Compare,
            Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Strength::Sum,
            Node::Arithmetic(..) => Strength::Product,
            Node::Negate(_) => Strength::Negate,
            Node::Number(value) if value.value() < 0.0 => Strength::Negate,
            _ => Strength::Primary,
        }
    }

    fn write_infix(
        &self,
        a: NodeId,
        sign: &str,
        b: NodeId,
        (left, right): (Strength, Strength),
        text: &mut String,
    ) {
        self.write_at(a, left, text);
        let worded = sign.starts_with(' ');
        if !worded {
            text.push(' ');
        }
        text.push_str(sign);
        if !worded {
            text.push(' ');
        }
        self.write_at(b, right, text);
    }

    fn write_primary(&self, id: NodeId, text: &mut String) {
        match self.node(id) {
            Node::Number(value) => write_number(value.value(), text),
            Node::Truth(value) => text.push_str(if value { "true" } else { "false" }),
            Node::Label(label) => text.push_str(label.text()),
            Node::Price(index) => {
                let price = &self.prices[index as usize];
                text.push_str(price.field.name());
                if let Some(symbol) = &price.symbol {
                    write_symbol(symbol, text);
                }
            }
            Node::Regime(index) => {
                text.push_str(regime::NAME);
                text.push('(');
                text.push_str(&self.regimes[index as usize]);
                text.push(')');
            }
            Node::BarsHeld => text.push_str(bars_held::NAME),
            Node::Call(index) => self.write_call(index, text),
            _ => unreachable!("operators are written by write_at"),
        }
    }

    fn write_call(&self, index: u32, text: &mut String) {
        let call = self.call(index);
        text.push_str(call.function.name);
        if !call.function.arguments.is_empty() {
            self.write_arguments(call, text);
        }
        // What is not written is of one symbol: the one that the call as a whole was asked of.
        let unwritten = call.inputs().last().filter(|_| !call.function.implicit.is_empty());
        if let Some(Node::Price(price)) = unwritten.map(|input| self.node(*input))
            && let Some(symbol) = &self.prices[price as usize].symbol
        {
            write_symbol(symbol, text);
        }
    }

    fn write_arguments(&self, call: &Call, text: &mut String) {
        text.push('(');
        let written = call.inputs().len() - call.function.implicit.len();
        let mut separator = "";
        for input in &call.inputs()[..written] {
            text.push_str(separator);
            self.write(*input, text);
            separator = ", ";
        }
        let (constants, len) = call.constants();
        for constant in &constants[..len] {
            text.push_str(separator);
            write_number(*constant, text);
            separator = ", ";
        }
        text.push(')');
    }
}

fn write_symbol(symbol: &str, text: &mut String) {
    text.push('@');
    if plain_symbol_length(symbol) == symbol.len() {
        text.push_str(symbol);
    } else {
        text.push('"');
        text.push_str(symbol);
        text.push('"');
    }
}
