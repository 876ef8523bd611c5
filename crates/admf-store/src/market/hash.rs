//! The content hash of bars: symbols, times and value bits, whatever the files they came from or are kept in.

use admf_model::{Bars, ContentHash, Series};

/// The hash of bars sorted by symbol. Equal bars have equal hashes on every machine and in every version of the
/// file format; a changed bit of any value changes it.
pub fn content_hash(symbols: &[Bars]) -> ContentHash {
    let hashes: Vec<[u8; 8]> = symbols.iter().map(|bars| hash_symbol(bars).bits().to_be_bytes()).collect();
    let parts: Vec<&[u8]> = hashes.iter().map(<[u8; 8]>::as_slice).collect();
    ContentHash::of(&parts)
}

fn hash_symbol(bars: &Bars) -> ContentHash {
    let times: Vec<u8> = bars.timestamps().iter().flat_map(|t| t.micros().to_le_bytes()).collect();
    let columns = [&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume];
    let columns: Vec<Vec<u8>> = columns.into_iter().chain(&bars.adjustment).map(column_bytes).collect();
    let mut parts: Vec<&[u8]> = vec![bars.symbol().as_bytes(), &times];
    parts.extend(columns.iter().map(Vec::as_slice));
    ContentHash::of(&parts)
}

/// Mask, then values; undefined values are zeros in every [`Series`].
fn column_bytes(series: &Series) -> Vec<u8> {
    let mask = series.defined().words().iter().flat_map(|word| word.to_le_bytes());
    let values = series.values().iter().flat_map(|value| value.to_bits().to_le_bytes());
    mask.chain(values).collect()
}

#[cfg(test)]
mod tests;
