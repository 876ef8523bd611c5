//! The content hash of bars: symbols, times and value bits, whatever the files they came from or are kept in.

use admf_model::{Bars, ContentHash, ContentHasher, Series};

/// Numbers that are hashed at once.
const PIECE: usize = 1 << 12;

/// The hash of bars sorted by symbol. Equal bars have equal hashes on every machine and in every version of the
/// file format; a changed bit of any value changes it.
pub fn content_hash(symbols: &[Bars]) -> ContentHash {
    let hashes: Vec<[u8; 8]> = symbols.iter().map(|bars| hash_symbol(bars).bits().to_be_bytes()).collect();
    let parts: Vec<&[u8]> = hashes.iter().map(<[u8; 8]>::as_slice).collect();
    ContentHash::of(&parts)
}

/// Symbol, times, and the columns one by one.
fn hash_symbol(bars: &Bars) -> ContentHash {
    let mut hash = ContentHasher::new();
    hash.begin(bars.symbol().len() as u64);
    hash.add(bars.symbol().as_bytes());
    let mut buffer = Vec::with_capacity(PIECE * 8);
    hash.begin(bars.len() as u64 * 8);
    add_numbers(&mut hash, &mut buffer, bars.timestamps(), |time| time.micros().to_le_bytes());
    let columns = [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume];
    for series in columns.into_iter().chain(&bars.adjustment) {
        add_column(&mut hash, &mut buffer, series);
    }
    hash.finish()
}

/// Mask, then values; undefined values are zeros in every [`Series`].
fn add_column(hash: &mut ContentHasher, buffer: &mut Vec<u8>, series: &Series) {
    let words = series.defined().words();
    hash.begin((words.len() + series.len()) as u64 * 8);
    add_numbers(hash, buffer, words, |word| word.to_le_bytes());
    add_numbers(hash, buffer, series.values(), |value| value.to_bits().to_le_bytes());
}

fn add_numbers<T>(hash: &mut ContentHasher, buffer: &mut Vec<u8>, all: &[T], bytes: impl Fn(&T) -> [u8; 8]) {
    for piece in all.chunks(PIECE) {
        buffer.clear();
        piece.iter().for_each(|number| buffer.extend_from_slice(&bytes(number)));
        hash.add(buffer);
    }
}

#[cfg(test)]
mod tests;
