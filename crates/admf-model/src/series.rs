//! A column of numbers, some of which may be undefined.

use crate::Bits;

/// One number per bar with a mask of where it is defined. Defined values are finite; undefined ones are stored as 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    values: Vec<f64>,
    defined: Bits,
}

impl Series {
    /// A column that is defined everywhere.
    ///
    /// # Panics
    /// When a value is not finite: what cannot be computed is undefined, not infinite.
    pub fn from_values(values: Vec<f64>) -> Self {
        assert!(values.iter().all(|v| v.is_finite()), "defined values are finite");
        let defined = Bits::ones(values.len());
        Self { values, defined }
    }

    /// A column of `len` undefined values.
    pub fn undefined(len: usize) -> Self {
        Self { values: vec![0.0; len], defined: Bits::zeros(len) }
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True for a column of no bars.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value at a bar, `None` where undefined.
    pub fn get(&self, bar: usize) -> Option<f64> {
        self.defined.get(bar).then(|| self.values[bar])
    }

    /// The raw values; read them only where [`Series::defined`] says so.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Where the values are defined.
    pub fn defined(&self) -> &Bits {
        &self.defined
    }

    /// All values, in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        (0..self.len()).map(|bar| self.get(bar))
    }
}

impl FromIterator<Option<f64>> for Series {
    fn from_iter<I: IntoIterator<Item = Option<f64>>>(iter: I) -> Self {
        let iter = iter.into_iter();
        let mut builder = SeriesBuilder::with_capacity(iter.size_hint().0);
        for value in iter {
            builder.push(value);
        }
        builder.finish()
    }
}

/// Builds a [`Series`] bar by bar.
#[derive(Debug, Default)]
pub struct SeriesBuilder {
    values: Vec<f64>,
    words: Vec<u64>,
}

impl SeriesBuilder {
    /// Room for `capacity` bars.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { values: Vec::with_capacity(capacity), words: Vec::with_capacity(capacity.div_ceil(64)) }
    }

    /// Appends one bar; a value that is not finite counts as undefined.
    pub fn push(&mut self, value: Option<f64>) {
        let bar = self.values.len();
        if bar.is_multiple_of(64) {
            self.words.push(0);
        }
        match value {
            Some(v) if v.is_finite() => {
                self.values.push(v);
                self.words[bar / 64] |= 1 << (bar % 64);
            }
            _ => self.values.push(0.0),
        }
    }

    /// The finished column.
    pub fn finish(self) -> Series {
        let len = self.values.len();
        Series { values: self.values, defined: Bits::from_words(self.words, len) }
    }
}
