//! What a rule's parts can be: numbers, truths and labels.

use admf_model::Role;
use std::fmt;

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A number per bar.
    Number,
    /// True, false or undefined per bar.
    Truth,
    /// The label of a regime per bar.
    Label,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Label => "a label",
        })
    }
}

/// A label of any role. Equal texts are the same label whatever the role, so that labels of two regimes compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Hash)]
pub struct LabelCode(u8);

impl LabelCode {
    /// The label with this text; `None` when no role has it.
    pub fn of(text: &str) -> Option<Self> {
        all_labels().position(|label| label == text).and_then(|at| u8::try_from(at).ok()).map(Self)
    }

    /// The text.
    pub fn text(self) -> &'static str {
        all_labels().nth(usize::from(self.0)).unwrap_or_default()
    }

    pub(crate) const fn bits(self) -> u8 {
        self.0
    }
}

/// The labels of all roles, those of several roles once per role.
pub(crate) fn all_labels() -> impl Iterator<Item = &'static str> {
    Role::ALL.into_iter().flat_map(|role| role.labels().iter().copied())
}
