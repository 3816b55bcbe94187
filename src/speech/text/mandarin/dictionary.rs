//! The embedded Chinese dictionary: the usual reading of each character, and words with how rare they are.
//!
//! It is searched where it lies; nothing is unpacked. The packer and the layout stand in `tools/lexicon`.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::super::bits::{Bytes, little_endian};

const PACKED: &[u8] = include_bytes!("../../../../assets/lexicon/mandarin.bin");
const MAGIC: &[u8] = b"RLM1";
/// Words of more characters are not looked for.
pub(super) const LONGEST_WORD: usize = 4;
/// The cost of a character that is no word of the dictionary: more than any word's.
pub(super) const UNKNOWN: u32 = 160;

/// The dictionary where it lies.
#[derive(Debug)]
pub(super) struct Dictionary {
    syllables: Vec<&'static str>,
    first: u32,
    readings: &'static [u8],
    /// By number of characters, from one.
    words: Vec<&'static [u8]>,
}

impl Dictionary {
    /// The embedded one.
    pub(super) fn embedded() -> &'static Self {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        let empty = || Self { syllables: Vec::new(), first: 0, readings: &[], words: Vec::new() };
        DICTIONARY.get_or_init(|| Self::open(PACKED).unwrap_or_else(empty))
    }

    fn open(packed: &'static [u8]) -> Option<Self> {
        let mut bytes = Bytes(packed);
        if bytes.take(4)? != MAGIC {
            return None;
        }
        let count = bytes.number(2)?;
        let mut syllables = Vec::with_capacity(count);
        for _ in 0..count {
            let length = bytes.number(1)?;
            syllables.push(std::str::from_utf8(bytes.take(length)?).ok()?);
        }
        let first = bytes.number(4)? as u32;
        let count = bytes.number(4)?;
        let readings = bytes.take(count.checked_mul(2)?)?;
        let mut words = Vec::new();
        for length in 1..=LONGEST_WORD {
            let count = bytes.number(4)?;
            words.push(bytes.take(count.checked_mul(length * 2 + 1)?)?);
        }
        Some(Self { syllables, first, readings, words })
    }

    /// The usual reading of a character by itself, such as `zhong1`.
    pub(super) fn reading(&self, character: char) -> Option<&'static str> {
        let place = u32::from(character).checked_sub(self.first)? as usize;
        let number = little_endian(self.readings.get(place * 2..place * 2 + 2)?);
        number.checked_sub(1).and_then(|index| self.syllables.get(index)).copied()
    }

    /// How rare a word is: minus the logarithm of its share of a text, in eighths; `None` for no word.
    pub(super) fn cost(&self, word: &[char]) -> Option<u32> {
        let table = self.words.get(word.len().checked_sub(1)?)?;
        let size = word.len() * 2 + 1;
        let (mut low, mut high) = (0, table.len() / size);
        while low < high {
            let middle = low + (high - low) / 2;
            let row = table.get(middle * size..(middle + 1) * size)?;
            let units = row.chunks_exact(2).map(|unit| little_endian(unit) as u32);
            match units.cmp(word.iter().map(|c| u32::from(*c))) {
                Ordering::Equal => return row.last().map(|cost| u32::from(*cost)),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_words_are_found() {
        let dictionary = Dictionary::embedded();
        let readings: Vec<_> = "中国人爱说话马國".chars().map(|c| dictionary.reading(c).unwrap()).collect();
        assert_eq!(readings, ["zhong1", "guo2", "ren2", "ai4", "shuo1", "hua4", "ma3", "guo2"]);
        assert_eq!(dictionary.reading('a'), None);
        let cost = |word: &str| dictionary.cost(&word.chars().collect::<Vec<_>>());
        assert!(cost("中国").unwrap() < cost("天鹅").unwrap());
        assert!(cost("的").is_some() && cost("国中人大").is_none() && cost("").is_none());
    }
}
