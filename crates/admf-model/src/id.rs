//! Identities: hashes of content, never clocks or random numbers (rules 23 to 25).

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// First 64 bits of the SHA-256 of length-prefixed parts, so that no two lists of parts read the same.
fn hash(domain: &str, parts: &[&[u8]]) -> u64 {
    let all = || std::iter::once(domain.as_bytes()).chain(parts.iter().copied());
    // In one piece, because parts are short and there are millions of them.
    let mut bytes = Vec::with_capacity(all().map(|part| 8 + part.len()).sum());
    for part in all() {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    let mut hasher = PartHasher(Sha256::new());
    hasher.add(&bytes);
    hasher.finish()
}

struct PartHasher(Sha256);

impl PartHasher {
    fn begin(&mut self, length: u64) {
        self.0.update(length.to_le_bytes());
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self) -> u64 {
        let digest = self.0.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(first)
    }
}

/// Makes a [`ContentHash`] of parts that are never whole in memory.
pub struct ContentHasher(PartHasher);

impl ContentHasher {
    /// Of no parts so far.
    pub fn new() -> Self {
        let mut hasher = PartHasher(Sha256::new());
        hasher.begin(ContentHash::DOMAIN.len() as u64);
        hasher.add(ContentHash::DOMAIN.as_bytes());
        Self(hasher)
    }

    /// Begins a part of `length` bytes, which are added next.
    pub fn begin(&mut self, length: u64) {
        self.0.begin(length);
    }

    /// Adds bytes of the part.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.add(bytes);
    }

    /// What [`ContentHash::of`] gives for the same parts.
    pub fn finish(self) -> ContentHash {
        ContentHash(self.0.finish())
    }
}

impl Default for ContentHasher {
    fn default() -> Self {
        Self::new()
    }
}

/// Text that is not an identity.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not an id: 16 hexadecimal digits are needed")]
pub struct IdError(pub String);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $domain:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// Keeps identities of different kinds apart.
            const DOMAIN: &'static str = $domain;

            /// The identity of a list of parts.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(hash(Self::DOMAIN, parts))
            }

            /// From its 64 bits, as stored.
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits)
            }

            /// The 64 bits.
            pub const fn bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            /// 16 lower-case hexadecimal digits.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
                let bits = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten();
                bits.map(Self).ok_or_else(|| IdError(text.to_owned()))
            }
        }
    };
}

id!(
    /// What a file or dataset contains.
    ContentHash, "admf/content"
);
id!(
    /// One execution of a spec: spec, data, engine version and the ordinal of the repetition.
    RunId, "admf/run"
);
id!(
    /// A rule with its parameters in place, symbol, interval, execution, costs and sizing: the same in every run.
    StrategyId, "admf/strategy"
);
id!(
    /// A classifier with its parameters in place, on a symbol and interval.
    ClassifierId, "admf/classifier"
);
id!(
    /// A distinct rule, symbol, interval, sizing and execution: what the statistics count.
    TrialId, "admf/trial"
);
id!(
    /// One strategy in one run: what leads from a row in SQL to its events.
    CorrelationId, "admf/correlation"
);
id!(
    /// One trade of one strategy in one run.
    TradeId, "admf/trade"
);

impl CorrelationId {
    /// The correlation id of a strategy in a run.
    pub fn new(run: RunId, strategy: StrategyId) -> Self {
        Self::of(&[&run.bits().to_be_bytes(), &strategy.bits().to_be_bytes()])
    }
}

impl TradeId {
    /// The id of a strategy's trade by its ordinal, from 0.
    pub fn new(correlation: CorrelationId, ordinal: u64) -> Self {
        Self::of(&[&correlation.bits().to_be_bytes(), &ordinal.to_be_bytes()])
    }
}

#[cfg(test)]
mod tests;
