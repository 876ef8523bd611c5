//! A hasher for nodes: a few multiplications instead of the standard library's defence against chosen keys, which
//! nobody needs against their own rules. A sweep that binds a million strategies looks up several nodes for each.

use std::hash::{BuildHasherDefault, Hasher};

/// For the graph's tables.
pub(super) type Build = BuildHasherDefault<NodeHasher>;

#[derive(Clone, Default)]
pub(super) struct NodeHasher(u64);

impl NodeHasher {
    #[inline]
    fn mix(&mut self, word: u64) {
        // 2^64 divided by the golden ratio, made odd (Knuth, The Art of Computer Programming, volume 3, section 6.4).
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for NodeHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.mix(value as u64);
    }

    /// Tables pick a slot by the low bits and compare by the high ones; a product is only well mixed at the top.
    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
