//! What can be wrong with YAML before anything is known about its meaning.

use crate::Span;
use admf_model::words::grouped;

/// Something wrong in a YAML text.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct YamlError {
    pub(crate) span: Span,
    pub(crate) problem: YamlProblem,
}

impl YamlError {
    /// The same in a text that begins at `base`.
    pub(crate) fn shifted(self, base: usize) -> Self {
        Self { span: self.span.shifted(base), ..self }
    }

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
    #[error("the file is {} bytes long, allowed are {}", grouped(*length as u128), grouped(*limit as u128))]
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
    #[error("inside {{ }} a comma ends a value, and the one before `{key}` ended the rule")]
    CommaInRule { key: String },
    #[error("expected a name or a list of names, found {found}")]
    ExpectedNames { found: String },
    #[error("the key `{key}` is given twice")]
    DuplicateKey { key: String },
    #[error("unknown key `{key}`")]
    UnknownKey { key: String, near: Option<String>, known: String },
    #[error("the key `{key}` is missing")]
    MissingKey { key: &'static str },
    #[error("expected {expected}, found {found}")]
    Expected { expected: String, found: String },
    #[error("expected {expected}, found {found}")]
    ExpectedWord { expected: String, found: String, near: Option<&'static str> },
    #[error("`{key}` is {value}: {complaint}")]
    Limits { key: &'static str, value: f64, complaint: &'static str, help: Option<&'static str> },
    #[error("`{key}` is {value}: write a whole number, 1 or more")]
    NotCounting { key: &'static str, value: i64 },
    #[error("{message}")]
    Invalid { message: String },
    #[error("`{name}` is listed twice")]
    ListedTwice { name: String },
    #[error("the list is empty")]
    NoNames,
}

impl YamlProblem {
    pub(crate) fn at(self, span: Span) -> YamlError {
        YamlError { span, problem: self }
    }

    pub(crate) fn help(&self) -> Option<String> {
        match self {
            Self::CommaInRule { .. } => Some("put the rule in quotes, or on a line of its own".to_owned()),
            Self::ExpectedNames { .. } => {
                Some("write one name, or several as a list: [first, second]".to_owned())
            }
            Self::UnknownKey { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::ExpectedWord { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::Limits { help: Some(help), .. } => Some((*help).to_owned()),
            Self::NoNames => Some("name at least one, or leave the key out".to_owned()),
            Self::UnknownKey { known, .. } => Some(format!("known keys: {known}")),
            _ => None,
        }
    }
}
