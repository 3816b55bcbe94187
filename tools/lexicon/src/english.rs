//! The packed pronouncing dictionary, version `RLX1`.
//!
//! ```text
//! "RLX1"  words u32  words in a block u16  letters u8  the letters
//! code lengths (nibbles): shared prefix (32); letter after letter; phone after phone (contexts and symbols: 0 end, …)
//! byte offset of each block, u24
//! blocks: each word as the length of the prefix shared with the one before (not for the first), its other letters and
//!         an end, then its phones: 0 end, 1 another pronunciation, 2 + number of the phone
//! ```

use std::collections::BTreeMap;
use std::error::Error;

use crate::bits::{Writer, lengths, nibbles, words as code_words};
use crate::cmudict::SYMBOLS;

const BLOCK: usize = 32;
const LONGEST_PREFIX: usize = 31;

struct Table {
    counts: Vec<Vec<u64>>,
    codes: Vec<(Vec<u8>, Vec<u32>)>,
}

impl Table {
    fn new(contexts: usize, symbols: usize) -> Self {
        Self { counts: vec![vec![0; symbols]; contexts], codes: Vec::new() }
    }

    fn close(&mut self) {
        self.codes = self.counts.iter().map(|c| lengths(c)).map(|l| (l.clone(), code_words(&l))).collect();
    }
}

pub fn pack(words: &BTreeMap<String, Vec<Vec<u8>>>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut letters: Vec<u8> = words.keys().flat_map(|w| w.bytes()).collect();
    letters.sort_unstable();
    letters.dedup();
    let mut shared = Table::new(1, 32);
    let mut spelling = Table::new(letters.len() + 1, letters.len() + 1);
    let mut sounds = Table::new(SYMBOLS.len() + 2, SYMBOLS.len() + 2);
    for counting in [true, false] {
        let mut writer = Writer::default();
        let mut offsets = Vec::new();
        let mut before: &[u8] = &[];
        for (index, (word, variants)) in words.iter().enumerate() {
            let word = word.as_bytes();
            let is_first = index % BLOCK == 0;
            if is_first {
                writer.align();
                offsets.extend_from_slice(&(writer.bytes.len() as u32).to_le_bytes()[..3]);
            }
            let prefix = if is_first { 0 } else { prefix_of(before, word) };
            let mut put = |table: &mut Table, context: usize, symbol: usize| {
                if counting {
                    table.counts[context][symbol] += 1;
                } else {
                    let (lengths, words) = &table.codes[context];
                    writer.put(words[symbol], lengths[symbol]);
                }
            };
            if !is_first {
                put(&mut shared, 0, prefix);
            }
            let place = |letter: u8| letters.iter().position(|l| *l == letter).unwrap() + 1;
            let mut context = prefix.checked_sub(1).map_or(0, |last| place(word[last]));
            for letter in &word[prefix..] {
                put(&mut spelling, context, place(*letter));
                context = place(*letter);
            }
            put(&mut spelling, context, 0);
            let mut context = 0;
            for (number, phones) in variants.iter().enumerate() {
                if number > 0 {
                    put(&mut sounds, context, 1);
                    context = 1;
                }
                for phone in phones {
                    put(&mut sounds, context, usize::from(*phone) + 2);
                    context = usize::from(*phone) + 2;
                }
            }
            put(&mut sounds, context, 0);
            before = word;
        }
        if counting {
            [&mut shared, &mut spelling, &mut sounds].into_iter().for_each(Table::close);
            continue;
        }
        let mut packed = b"RLX1".to_vec();
        packed.extend((words.len() as u32).to_le_bytes());
        packed.extend((BLOCK as u16).to_le_bytes());
        packed.push(letters.len() as u8);
        packed.extend(&letters);
        for table in [&shared, &spelling, &sounds] {
            table.codes.iter().for_each(|(lengths, _)| packed.extend(nibbles(lengths)));
        }
        packed.extend(&offsets);
        println!("{} words, {} bytes of codes and offsets, {} of words", words.len(), packed.len(), writer.bytes.len());
        packed.extend(&writer.bytes);
        return Ok(packed);
    }
    Err("nothing was written".into())
}

fn prefix_of(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count().min(LONGEST_PREFIX)
}
