//! Canonical Huffman codes read from a bit stream: what the embedded dictionaries are packed with.
//!
//! Reading never fails loudly: past the end there is nothing.

/// No code is longer than this many bits.
pub(super) const LONGEST: usize = 15;

/// A place in a bit stream, most significant bit first.
#[derive(Debug, Clone)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    /// At bit 0 of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn bit(&mut self) -> Option<u32> {
        let byte = self.bytes.get(self.at >> 3)?;
        let bit = byte >> (7 - (self.at & 7)) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }
}

/// A code over at most 256 symbols, given by the length of each symbol's code word.
#[derive(Debug, Clone, Default)]
pub(super) struct Code {
    counts: [u32; LONGEST + 1],
    symbols: Vec<u8>,
}

impl Code {
    /// Symbol `i` has a code word of `lengths[i]` bits; 0 where it has none. Shorter words come first, words of one
    /// length in the order of their symbols.
    pub(super) fn from_lengths(lengths: &[u8]) -> Self {
        let mut counts = [0; LONGEST + 1];
        let mut symbols = Vec::new();
        for length in 1..=LONGEST {
            let before = symbols.len();
            let of_length = lengths.iter().zip(0..=u8::MAX).filter(|(l, _)| usize::from(**l) == length);
            symbols.extend(of_length.map(|(_, symbol)| symbol));
            if let Some(count) = counts.get_mut(length) {
                *count = (symbols.len() - before) as u32;
            }
        }
        Self { counts, symbols }
    }

    /// The next symbol; `None` at the end of the stream and for a word that the code does not hold.
    pub(super) fn read(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let (mut word, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in self.counts.iter().skip(1) {
            word |= bits.bit()?;
            if let Some(place) = word.checked_sub(first)
                && place < *count
            {
                return self.symbols.get((index + place) as usize).copied();
            }
            index += count;
            first = (first + count) << 1;
            word <<= 1;
        }
        None
    }
}

/// A cursor over a packed file's bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    /// A little-endian number of `width` bytes, at most four.
    pub(super) fn number(&mut self, width: usize) -> Option<usize> {
        Some(little_endian(self.take(width)?))
    }

    /// `count` code lengths, two a byte, the first in the low half.
    pub(super) fn code(&mut self, count: usize) -> Option<Code> {
        let halves = self.take(count.div_ceil(2))?.iter().flat_map(|byte| [byte & 15, byte >> 4]);
        let lengths: Vec<u8> = halves.take(count).collect();
        Some(Code::from_lengths(&lengths))
    }
}

/// The number that little-endian `bytes` stand for.
pub(super) fn little_endian(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canonical_code_is_read_as_written() {
        // a 0, b 10, c 110, d 111
        let code = Code::from_lengths(&[1, 2, 3, 3]);
        let mut bits = Bits::new(&[0b0101_1011, 0b1000_0000]);
        let read: Vec<u8> = std::iter::from_fn(|| code.read(&mut bits)).take(5).collect();
        assert_eq!(read, [0, 1, 2, 3, 0]);
        assert_eq!(Code::default().read(&mut Bits::new(&[0xFF; 8])), None);
        assert_eq!(code.read(&mut Bits::new(&[])), None);
    }

    #[test]
    fn numbers_stop_at_the_end() {
        let mut bytes = Bytes(&[1, 2, 3]);
        assert_eq!(bytes.number(2), Some(513));
        assert_eq!(bytes.number(2), None);
        assert_eq!(bytes.number(1), Some(3));
    }
}
