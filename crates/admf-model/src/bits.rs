//! A fixed-length bit mask, 64 bars per word.

/// One bit per bar. Bits past `len` in the last word are always zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// `len` bits, all zero.
    pub fn zeros(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// `len` bits, all one.
    pub fn ones(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.clear_tail();
        bits
    }

    /// Takes whole words; bits past `len` are cleared.
    ///
    /// # Panics
    /// When there are not exactly as many words as `len` bits need.
    pub fn from_words(words: Vec<u64>, len: usize) -> Self {
        assert_eq!(words.len(), len.div_ceil(64), "a mask of {len} bits has a fixed number of words");
        let mut bits = Self { words, len };
        bits.clear_tail();
        bits
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True for a mask of no bars.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words, bar 0 in the lowest bit of the first.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Word `index`: bars `64 * index ..`.
    pub fn word(&self, index: usize) -> u64 {
        self.words[index]
    }

    /// The bit of one bar.
    pub fn get(&self, bar: usize) -> bool {
        debug_assert!(bar < self.len);
        self.words[bar / 64] >> (bar % 64) & 1 == 1
    }

    /// Sets the bit of one bar.
    pub fn set(&mut self, bar: usize) {
        assert!(bar < self.len, "bar {bar} is outside a mask of {} bars", self.len);
        self.words[bar / 64] |= 1 << (bar % 64);
    }

    /// How many bits are one.
    pub fn count_ones(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// True when every bit is one.
    pub fn all(&self) -> bool {
        self.count_ones() == self.len
    }

    fn clear_tail(&mut self) {
        let used = self.len % 64;
        if used != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(iter: I) -> Self {
        let mut words = Vec::new();
        let mut len = 0;
        for bit in iter {
            if len % 64 == 0 {
                words.push(0);
            }
            if bit {
                words[len / 64] |= 1 << (len % 64);
            }
            len += 1;
        }
        Self { words, len }
    }
}
