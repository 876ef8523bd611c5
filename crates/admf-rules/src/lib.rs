//! The rule language: how strategies, classifiers and filters are written, checked and evaluated.
//!
//! A rule travels text → [`expr::Expr`] (as written) → checked formula (names resolved, parameters open) →
//! [`Graph`] (parameters in place, equal parts shared) → [`Columns`] or [`Stream`] (values). Undefined is a third
//! truth value, never NaN. No rule can name the future. This crate does not know about money, files or specs.

pub mod columns;
pub mod definition;
mod domain;
mod error;
pub mod expr;
mod extent;
mod formula;
pub mod functions;
pub mod graph;
pub mod grid;
pub mod held;
pub mod library;
mod logic;
mod near;
mod numeral;
mod span;
pub mod stream;
#[cfg(test)]
mod testing;
mod types;
pub mod yaml;

pub use columns::{Columns, InputError, Inputs, MadeColumn, Truth, TruthCache, TruthWord};
pub use definition::{
    Always, Amount, BoundClassifier, BoundStrategy, Definition, FixedPart, OtherSymbol, ParameterDefinition,
    ParameterKind, StrategyFamily, Surroundings,
};
pub use error::RuleError;
pub use expr::Expr;
pub use extent::Extent;
pub use functions::Function;
pub use graph::{Field, Graph, NodeId};
pub use grid::{Axis, Grid, Sample};
pub use held::HeldRule;
pub use logic::Arithmetic;
pub use near::nearest;
pub use span::Span;
pub use stream::{PriceRow, Row, Stream};
pub use types::{LabelCode, Type};
