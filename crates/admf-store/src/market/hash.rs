//! The content hash of bars: symbols, times and value bits, whatever the files they came from or are kept in.

use admf_model::{Bars, ContentHash, ContentHasher, Timestamp};

/// Numbers that are hashed at once.
const PIECE: usize = 1 << 12;

/// The hash of bars sorted by symbol. Equal bars have equal hashes on every machine and in every version of the
/// file format; a changed bit of any value changes it.
pub fn content_hash(symbols: &[Bars]) -> ContentHash {
    of_symbols(&symbols.iter().map(hash_symbol).collect::<Vec<_>>())
}

/// The hash of bars from those of its symbols.
pub(super) fn of_symbols(hashes: &[ContentHash]) -> ContentHash {
    let hashes: Vec<[u8; 8]> = hashes.iter().map(|hash| hash.bits().to_be_bytes()).collect();
    let parts: Vec<&[u8]> = hashes.iter().map(<[u8; 8]>::as_slice).collect();
    ContentHash::of(&parts)
}

/// Symbol, times, and the columns one by one.
fn hash_symbol(bars: &Bars) -> ContentHash {
    let mut hash = ContentHasher::new();
    add_times(&mut hash, bars.symbol(), bars.timestamps());
    let columns = [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume];
    for series in columns.into_iter().chain(&bars.adjustment) {
        begin_column(&mut hash, series.defined().words(), series.len());
        add_values(&mut hash, series.values());
    }
    hash.finish()
}

/// What each symbol begins with.
pub(super) fn add_times(hash: &mut ContentHasher, symbol: &str, times: &[Timestamp]) {
    hash.begin(symbol.len() as u64);
    hash.add(symbol.as_bytes());
    hash.begin(times.len() as u64 * 8);
    add_numbers(hash, times, |time| time.micros().to_le_bytes());
}

/// The mask of a column of so many values, which follow; undefined ones are zeros.
pub(super) fn begin_column(hash: &mut ContentHasher, mask: &[u64], values: usize) {
    hash.begin((mask.len() + values) as u64 * 8);
    add_numbers(hash, mask, |word| word.to_le_bytes());
}

/// Values of a column, of which there may be more.
pub(super) fn add_values(hash: &mut ContentHasher, values: &[f64]) {
    add_numbers(hash, values, |value| value.to_bits().to_le_bytes());
}

fn add_numbers<T>(hash: &mut ContentHasher, all: &[T], bytes: impl Fn(&T) -> [u8; 8]) {
    let mut buffer = Vec::with_capacity(PIECE.min(all.len()) * 8);
    for piece in all.chunks(PIECE) {
        buffer.clear();
        piece.iter().for_each(|number| buffer.extend_from_slice(&bytes(number)));
        hash.add(&buffer);
    }
}

#[cfg(test)]
mod tests;
