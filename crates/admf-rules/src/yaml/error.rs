//! What can be wrong with YAML before anything is known about its meaning.

use crate::Span;

/// Something wrong in a YAML text.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct YamlError {
    pub(crate) span: Span,
    pub(crate) problem: YamlProblem,
}

impl YamlError {
    /// Where.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The nearest valid key or another remedy, where there is one.
    pub fn help(&self) -> Option<String> {
        self.problem.help()
    }
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum YamlProblem {
    #[error("the file is not YAML here: {detail}")]
    Syntax { detail: String },
    #[error("the file is {length} bytes long, allowed are {limit}")]
    TooLong { length: usize, limit: usize },
    #[error("maps and lists are nested more than {limit} deep")]
    TooDeep { limit: usize },
    #[error("the file is empty")]
    Empty,
    #[error("a second document begins here: put everything into one")]
    SecondDocument,
    #[error("{what} are not supported: write the value itself")]
    Unsupported { what: &'static str },
    #[error("a key is a plain word, not a list or a map")]
    KeyNotText,
    #[error("the key `{key}` is given twice")]
    DuplicateKey { key: String },
    #[error("unknown key `{key}`")]
    UnknownKey { key: String, near: Option<String>, known: String },
    #[error("the key `{key}` is missing")]
    MissingKey { key: &'static str },
    #[error("expected {expected}, found {found}")]
    Expected { expected: String, found: String },
}

impl YamlProblem {
    pub(crate) fn at(self, span: Span) -> YamlError {
        YamlError { span, problem: self }
    }

    pub(crate) fn help(&self) -> Option<String> {
        match self {
            // Half a call: YAML took the comma for its own.
            Self::UnknownKey { key, .. } if key.contains(')') => Some(
                "inside { } a comma ends a value: put the rule in quotes, or on a line of its own".to_owned(),
            ),
            Self::UnknownKey { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::UnknownKey { known, .. } => Some(format!("known keys: {known}")),
            _ => None,
        }
    }
}
