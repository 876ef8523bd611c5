//! The text of a file as UTF-8, whatever it is encoded in.
//!
//! A byte order mark tells, and zeros at every second byte do. What is no UTF-8 at all is of an older encoding, of which
//! bytes alone give a guess, which is said. A file that is UTF-8 but for some rows has damaged rows.

use super::error::MarketError;
use super::source::{Fingerprint, Source, Stream};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Cursor, Read};
use std::str::FromStr;

/// Bytes that tell the encoding.
const SAMPLE: u64 = 1 << 16;
/// Bytes decoded at once.
const PIECE: usize = 1 << 14;

/// An encoding as the user names it, such as `windows-1252`, `latin1` or `shift_jis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// Its name.
    pub fn name(self) -> String {
        self.0.name().to_lowercase()
    }
}

impl FromStr for TextEncoding {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Encoding::for_label(text.as_bytes()).map(Self).ok_or_else(|| {
            format!("`{text}` is no encoding: write utf-8, windows-1252, utf-16le, shift_jis, gbk or another of the web")
        })
    }
}

/// The text of an open file.
pub(super) struct Text<'a> {
    sample: Cursor<Vec<u8>>,
    /// Why the sample ends, where it ends too early.
    failure: Option<io::Error>,
    stream: Stream<'a>,
    decoding: Option<Decoding>,
}

struct Decoding {
    encoding: &'static Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: String,
    /// What was handed out of `decoded`.
    at: usize,
    ended: bool,
}

impl<'a> Text<'a> {
    /// Opens a file; without an encoding its first bytes tell.
    pub(super) fn open(source: &'a Source, encoding: Option<TextEncoding>) -> Result<Self, MarketError> {
        let mut stream = source.open()?;
        let mut sample = Vec::new();
        // What was read before an error is text all the same, and its lines tell where the error is.
        let failure = stream.by_ref().take(SAMPLE).read_to_end(&mut sample).err();
        let encoding = encoding.map_or_else(|| detect(&sample), |given| Some(given.0));
        let decoding = encoding.filter(|encoding| *encoding != UTF_8).map(|encoding| Decoding {
            encoding,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; PIECE],
            decoded: String::new(),
            at: 0,
            ended: false,
        });
        Ok(Self { sample: Cursor::new(sample), failure, stream, decoding })
    }

    /// What the text was decoded from, if it is not UTF-8.
    pub(super) fn encoding(&self) -> Option<TextEncoding> {
        self.decoding.as_ref().map(|decoding| TextEncoding(decoding.encoding))
    }

    /// How the file is packed, how far it was read.
    pub(super) fn stream(&self) -> &Stream<'a> {
        &self.stream
    }

    /// Reads what is left and closes the file.
    pub(super) fn finish(self) -> io::Result<Fingerprint> {
        self.stream.finish()
    }

    fn read_raw(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.sample.read(buffer)? {
            0 => match self.failure.take() {
                Some(failure) => Err(failure),
                None => self.stream.read(buffer),
            },
            count => Ok(count),
        }
    }

    fn refill(&mut self, decoding: &mut Decoding) -> io::Result<()> {
        let count = self.read_raw(&mut decoding.raw)?;
        decoding.ended = count == 0;
        decoding.decoded.clear();
        decoding.at = 0;
        let room = decoding.decoder.max_utf8_buffer_length(count).unwrap_or(4 * PIECE);
        decoding.decoded.reserve(room);
        let raw = &decoding.raw[..count];
        let _ = decoding.decoder.decode_to_string(raw, &mut decoding.decoded, decoding.ended);
        Ok(())
    }
}

impl Read for Text<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut decoding) = self.decoding.take() else { return self.read_raw(buffer) };
        let mut refilled = Ok(());
        while decoding.at == decoding.decoded.len() && !decoding.ended && refilled.is_ok() {
            refilled = self.refill(&mut decoding);
        }
        let rest = &decoding.decoded.as_bytes()[decoding.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        decoding.at += count;
        self.decoding = Some(decoding);
        refilled.map(|()| count)
    }
}

/// The encoding of text that is not UTF-8; none for UTF-8, and for what is no text, which readers find out.
fn detect(sample: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Some(encoding);
    }
    if sample.contains(&0) {
        return without_mark(sample);
    }
    if is_utf8_mostly(sample) || is_packed(sample) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    Some(detector.guess(None, Utf8Detection::Deny))
}

/// UTF-16 of letters that ASCII has: every second byte is zero.
fn without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first: usize| {
        let bytes = sample.iter().skip(first).step_by(2);
        bytes.filter(|byte| **byte == 0).count() * 10 > sample.len() / 2 * 9
    };
    match (zeros(0), zeros(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// True for UTF-8, also with faults where it has letters beyond ASCII that are right, and where the sample cuts one.
fn is_utf8_mostly(sample: &[u8]) -> bool {
    let mut chunks = sample.utf8_chunks();
    let mut faults = chunks.clone().filter(|chunk| !chunk.invalid().is_empty());
    let cut =
        |chunk: &std::str::Utf8Chunk<'_>| sample.ends_with(chunk.invalid()) && chunk.invalid().len() < 4;
    match (faults.next(), faults.next()) {
        (None, _) => true,
        (Some(only), None) if cut(&only) && sample.len() as u64 == SAMPLE => true,
        _ => chunks.any(|chunk| !chunk.valid().is_ascii()),
    }
}

/// True for archives that are told by name when their first line is read.
fn is_packed(sample: &[u8]) -> bool {
    super::head::archive(sample).is_some()
}

#[cfg(test)]
mod tests;
