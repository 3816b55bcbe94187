//! Reads the file of trained numbers: little-endian, whole numbers of 32 bits, the rest in half precision.
//!
//! What is missing at the end reads as nothing; a test holds the embedded file to be whole.

/// The rest of a file.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes not yet read.
    #[cfg(test)]
    pub(super) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// A whole number; zero at the end.
    pub(super) fn whole(&mut self) -> i32 {
        let Some((bytes, rest)) = self.rest.split_first_chunk::<4>() else {
            self.rest = &[];
            return 0;
        };
        self.rest = rest;
        i32::from_le_bytes(*bytes)
    }

    /// A number of things; zero where it is negative.
    pub(super) fn count(&mut self) -> usize {
        usize::try_from(self.whole()).unwrap_or(0)
    }

    /// As many bytes as there are, `count` at most.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let (bytes, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        bytes.to_vec()
    }

    /// As many numbers as there are, `count` at most.
    pub(super) fn numbers(&mut self, count: usize) -> Vec<f32> {
        let bytes = count.saturating_mul(2).min(self.rest.len());
        let (numbers, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        numbers.as_chunks::<2>().0.iter().map(|&pair| from_half(u16::from_le_bytes(pair))).collect()
    }
}

/// IEEE 754 binary16.
fn from_half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10 & 0x1f);
    let fraction = u32::from(bits & 0x3ff);
    match (exponent, fraction) {
        // 2⁻²⁴ for each step below the smallest normal number.
        (0, _) => f32::from_bits(sign | (fraction as f32 * 5.960_464_5e-8).to_bits()),
        (0x1f, _) => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        let table: [(u16, f32); 8] = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x3555, 0.333_251_95),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, value) in table {
            assert_eq!(from_half(bits), value, "{bits:04x}");
        }
    }

    #[test]
    fn an_end_is_no_panic() {
        let mut reader = Reader::new(&[1, 0, 0, 0, 0, 0x3c, 7]);
        assert_eq!(reader.whole(), 1);
        assert_eq!(reader.numbers(usize::MAX), [1.0]);
        assert_eq!(reader.whole(), 0);
        assert_eq!(reader.remaining(), 0);
    }
}
