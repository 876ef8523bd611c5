//! Regimes: the label that a classifier gives to a bar.

use crate::Bits;
use std::fmt;
use std::str::FromStr;

/// What a classifier describes. Labels come from the role's fixed vocabulary (rule 21), so that regimes of different
/// classifiers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Direction of the market.
    Trend,
    /// How much prices move.
    Volatility,
    /// How alike symbols move.
    Correlation,
    /// How far below its peak the market is.
    Drawdown,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Trend, Self::Volatility, Self::Correlation, Self::Drawdown];

    /// The name used in definitions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Volatility => "volatility",
            Self::Correlation => "correlation",
            Self::Drawdown => "drawdown",
        }
    }

    /// The labels that a classifier of this role may give.
    pub const fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Trend => &["UP", "DOWN", "RANGE"],
            Self::Volatility => &["LOW", "NORMAL", "ELEVATED", "EXTREME"],
            Self::Correlation => &["LOW", "NORMAL", "HIGH"],
            Self::Drawdown => &["PEAK", "PULLBACK", "CORRECTION", "CRASH"],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Text that is not a role.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a role: use trend, volatility, correlation or drawdown")]
pub struct RoleError(pub String);

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|r| r.name() == text).ok_or_else(|| RoleError(text.to_owned()))
    }
}

/// A label per bar, as an index into the role's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    role: Role,
    codes: Vec<u8>,
    defined: Bits,
}

impl Labels {
    /// Takes one code per bar, `None` where undefined.
    ///
    /// # Panics
    /// When a code is outside the vocabulary.
    pub fn new(role: Role, labels: impl IntoIterator<Item = Option<u8>>) -> Self {
        let mut codes = Vec::new();
        let defined = labels
            .into_iter()
            .map(|label| {
                let code = label.unwrap_or(0);
                assert!(
                    usize::from(code) < role.labels().len(),
                    "label {code} is outside the vocabulary of {role}"
                );
                codes.push(code);
                label.is_some()
            })
            .collect();
        Self { role, codes, defined }
    }

    /// The vocabulary.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True for no bars.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The label's code at a bar, `None` where undefined.
    pub fn get(&self, bar: usize) -> Option<u8> {
        self.defined.get(bar).then(|| self.codes[bar])
    }

    /// The label's text at a bar, `None` where undefined.
    pub fn text(&self, bar: usize) -> Option<&'static str> {
        self.get(bar).map(|code| self.role.labels()[usize::from(code)])
    }

    /// The raw codes; read them only where [`Labels::defined`] says so.
    pub fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// Where a label is known.
    pub fn defined(&self) -> &Bits {
        &self.defined
    }
}
