//! The embedded pronouncing dictionary: a sorted list of words, packed in blocks that are searched where they lie.
//!
//! Nothing is unpacked: a look-up reads the first words of a dozen blocks and one block whole. The packer and the
//! layout stand in `tools/lexicon`.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::super::bits::{Bits, Bytes, Code, little_endian};

/// CMUdict, packed.
const PACKED: &[u8] = include_bytes!("../../../../assets/lexicon/english.bin");
const MAGIC: &[u8] = b"RLX1";
/// Ends a word and a pronunciation list; the first context of both.
pub(super) const END: u8 = 0;
/// Another pronunciation of the same word follows.
pub(super) const NEXT: u8 = 1;
/// Phones stand behind [`END`] and [`NEXT`].
pub(super) const FIRST_PHONE: u8 = 2;
/// More pronunciations than any word has.
const MOST_VARIANTS: usize = 16;
/// Longer than any word of the dictionary.
const LONGEST: usize = 64;

/// The dictionary with its codes set up.
#[derive(Debug)]
pub(super) struct Dictionary {
    letters: Vec<u8>,
    shared: Code,
    after_letter: Vec<Code>,
    after_phone: Vec<Code>,
    words: usize,
    block: usize,
    offsets: &'static [u8],
    stream: &'static [u8],
}

/// Where a block is being read, with the word before.
struct Cursor<'a> {
    bits: Bits<'a>,
    word: Vec<u8>,
    is_first: bool,
}

impl Dictionary {
    /// The embedded one. Setting it up costs well under a millisecond, once.
    pub(super) fn embedded() -> &'static Self {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        DICTIONARY.get_or_init(|| Self::open(PACKED).unwrap_or_else(Self::empty))
    }

    fn empty() -> Self {
        Self {
            letters: Vec::new(),
            shared: Code::default(),
            after_letter: Vec::new(),
            after_phone: Vec::new(),
            words: 0,
            block: 1,
            offsets: &[],
            stream: &[],
        }
    }

    fn open(packed: &'static [u8]) -> Option<Self> {
        let mut bytes = Bytes(packed);
        if bytes.take(4)? != MAGIC {
            return None;
        }
        let (words, block) = (bytes.number(4)?, bytes.number(2)?.max(1));
        let letter_count = bytes.number(1)?;
        let letters = bytes.take(letter_count)?.to_vec();
        let shared = bytes.code(32)?;
        let letter_codes = letter_count + 1;
        let after_letter = (0..letter_codes).map(|_| bytes.code(letter_codes)).collect::<Option<_>>()?;
        let phone_codes = super::phones::SYMBOLS.len() + usize::from(FIRST_PHONE);
        let after_phone = (0..phone_codes).map(|_| bytes.code(phone_codes)).collect::<Option<_>>()?;
        let offsets = bytes.take(words.div_ceil(block) * 3)?;
        Some(Self { letters, shared, after_letter, after_phone, words, block, offsets, stream: bytes.0 })
    }

    /// Every pronunciation of `word` (lower case) as phone numbers, the most common first; empty where it is unknown.
    pub(super) fn find(&self, word: &str) -> Vec<Vec<u8>> {
        let wanted = word.as_bytes();
        let (mut low, mut high) = (0, self.blocks());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            let is_before = self.cursor(middle).and_then(|mut cursor| {
                self.next_word(&mut cursor).map(|()| cursor.word.as_slice() <= wanted)
            });
            if is_before == Some(true) { low = middle } else { high = middle }
        }
        let Some(mut cursor) = self.cursor(low) else { return Vec::new() };
        for _ in 0..self.block {
            if self.next_word(&mut cursor).is_none() {
                break;
            }
            let variants = self.pronunciations(&mut cursor);
            match cursor.word.as_slice().cmp(wanted) {
                Ordering::Less => {}
                Ordering::Equal => return variants,
                Ordering::Greater => break,
            }
        }
        Vec::new()
    }

    /// Whether `word` stands in it.
    pub(super) fn holds(&self, word: &str) -> bool {
        !self.find(word).is_empty()
    }

    fn blocks(&self) -> usize {
        self.words.div_ceil(self.block)
    }

    fn cursor(&self, block: usize) -> Option<Cursor<'static>> {
        let offset = little_endian(self.offsets.get(block * 3..block * 3 + 3)?);
        Some(Cursor { bits: Bits::new(self.stream.get(offset..)?), word: Vec::new(), is_first: true })
    }

    /// Reads the next word of a block over the one before.
    fn next_word(&self, cursor: &mut Cursor<'_>) -> Option<()> {
        let shared = if cursor.is_first { 0 } else { self.shared.read(&mut cursor.bits)? };
        cursor.is_first = false;
        cursor.word.truncate(shared.into());
        let mut context = match cursor.word.last() {
            Some(last) => self.letters.iter().position(|letter| letter == last)? + 1,
            None => usize::from(END),
        };
        while cursor.word.len() < LONGEST {
            let symbol = usize::from(self.after_letter.get(context)?.read(&mut cursor.bits)?);
            let Some(index) = symbol.checked_sub(1) else { return Some(()) };
            cursor.word.push(*self.letters.get(index)?);
            context = symbol;
        }
        None
    }

    fn pronunciations(&self, cursor: &mut Cursor<'_>) -> Vec<Vec<u8>> {
        let mut variants = vec![Vec::new()];
        let mut context = END;
        while let Some(symbol) =
            self.after_phone.get(usize::from(context)).and_then(|code| code.read(&mut cursor.bits))
        {
            match symbol {
                END => break,
                NEXT if variants.len() < MOST_VARIANTS => variants.push(Vec::new()),
                _ => {
                    let last = variants.last_mut();
                    if let (Some(last), Some(phone)) = (last, symbol.checked_sub(FIRST_PHONE)) {
                        last.push(phone);
                    }
                }
            }
            context = symbol;
        }
        variants
    }

    /// All words with their pronunciations, in order.
    #[cfg(test)]
    pub(super) fn entries(&self) -> Vec<(String, Vec<Vec<u8>>)> {
        let mut entries = Vec::new();
        for block in 0..self.blocks() {
            let mut cursor = self.cursor(block).unwrap();
            for _ in 0..self.block.min(self.words - block * self.block) {
                self.next_word(&mut cursor).unwrap();
                let variants = self.pronunciations(&mut cursor);
                entries.push((String::from_utf8(cursor.word.clone()).unwrap(), variants));
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::super::phones::SYMBOLS;
    use super::*;

    fn arpabet(word: &str) -> Vec<String> {
        let variants = Dictionary::embedded().find(word);
        let spelt = |phones: &Vec<u8>| phones.iter().map(|p| SYMBOLS[usize::from(*p)]).collect::<Vec<_>>();
        variants.iter().map(|phones| spelt(phones).join(" ")).collect()
    }

    #[test]
    fn words_are_found_with_all_variants_and_stress() {
        assert_eq!(arpabet("hello"), ["HH AH0 L OW1", "HH EH0 L OW1"]);
        assert_eq!(arpabet("a"), ["AH0", "EY1"]);
        assert_eq!(arpabet("zoo"), ["Z UW1"]);
        assert_eq!(arpabet("data").len(), 2);
        assert_eq!(arpabet("don't"), ["D OW1 N T", "D OW1 N"]);
        assert!(arpabet("xqzt").is_empty() && arpabet("").is_empty() && arpabet("字").is_empty());
    }

    #[test]
    fn every_entry_is_found_again() {
        let dictionary = Dictionary::embedded();
        let entries = dictionary.entries();
        assert!(entries.len() > 120_000, "{} entries", entries.len());
        assert!(entries.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (word, variants) in entries.iter().step_by(97) {
            assert_eq!(&dictionary.find(word), variants, "{word}");
            assert!(variants.iter().all(|phones| !phones.is_empty()), "{word}");
        }
    }
}
