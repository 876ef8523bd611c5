//! Conditions on stored rows, as typed data. Built by a front end, rendered to SQL by the store.

/// How a column compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum FilterValue {
    /// A finite number.
    Number(f64),
    /// A word.
    Text(String),
}

/// A condition on a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// A named column compared with a value.
    Column {
        /// Name of the column; checked against the table's definition before it is rendered.
        name: String,
        /// The comparison.
        comparison: Comparison,
        /// The other side.
        value: FilterValue,
    },
    /// A parameter of the strategy compared with a number.
    Parameter {
        /// Name of the parameter.
        name: String,
        /// The comparison.
        comparison: Comparison,
        /// The other side.
        value: f64,
    },
    /// Both hold.
    And(Box<Filter>, Box<Filter>),
    /// At least one holds.
    Or(Box<Filter>, Box<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
}
