//! Letters → phones for words that stand in no dictionary: a joint n-gram model, searched with a beam.
//!
//! A *graphone* is a letter with the none, one or two phones it stands for; the model holds the probabilities of
//! sequences of graphones (Bisani and Ney, *Speech Communication* 50, 2008). It is trained by `tools/lexicon`.

use std::sync::OnceLock;

use super::super::bits::{Bytes, little_endian};
use super::phones;

/// The trained model.
const PACKED: &[u8] = include_bytes!("../../../../assets/lexicon/letters.bin");
const MAGIC: &[u8] = b"RLG1";
/// The longest sequence of graphones that the model may hold.
pub(super) const MOST_ORDER: usize = 8;
/// The graphone before the first and after the last letter.
pub(super) const BOUNDARY: u16 = 0;
/// Bytes of a node that may have successors: graphone and probability, back-off, first successor.
const INNER: usize = 6;
/// Bytes of a node of the highest order: graphone and probability.
const OUTER: usize = 2;
/// Steps of a probability (natural logarithm) and of a back-off.
pub(super) const PROBABILITY_STEP: f32 = 1.0 / 8.0;
pub(super) const BACK_OFF_STEP: f32 = 1.0 / 16.0;
/// How many ways of reading are followed at once.
const BEAM: usize = 12;
/// Letters of a longer word are read in pieces of this many.
const LONGEST: usize = 40;

/// A letter and its phones.
#[derive(Debug, Clone)]
struct Graphone {
    letter: u8,
    phones: Vec<u8>,
}

/// A trained model, used where it lies.
#[derive(Debug)]
pub(super) struct Model<'a> {
    graphones: Vec<Graphone>,
    levels: Vec<&'a [u8]>,
}

/// The nodes of the last 1, 2, … graphones, as far as the model holds them.
type Context = [Option<u32>; MOST_ORDER];

#[derive(Debug, Clone)]
struct Reading {
    context: Context,
    score: f32,
    phones: Vec<u8>,
}

impl Model<'static> {
    /// The embedded one.
    pub(super) fn embedded() -> Option<&'static Self> {
        static MODEL: OnceLock<Option<Model<'static>>> = OnceLock::new();
        MODEL.get_or_init(|| Model::open(PACKED)).as_ref()
    }
}

impl<'a> Model<'a> {
    /// A packed model; `None` where the bytes are none.
    pub(super) fn open(packed: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(packed);
        if bytes.take(4)? != MAGIC {
            return None;
        }
        let order = bytes.number(1)?;
        let count = bytes.number(2)?;
        if !(2..=MOST_ORDER).contains(&order) {
            return None;
        }
        let mut graphones = Vec::new();
        for _ in 0..count {
            let (letter, phones) = (bytes.number(1)?, bytes.number(1)?);
            graphones.push(Graphone { letter: letter as u8, phones: bytes.take(phones)?.to_vec() });
        }
        let mut levels = Vec::new();
        for level in 1..=order {
            let nodes = bytes.number(4)?;
            let size = if level == order { OUTER } else { INNER };
            levels.push(bytes.take(nodes.checked_mul(size)?)?);
        }
        Some(Self { graphones, levels })
    }

    /// The likely phones of a word of ASCII letters and apostrophes, the best first, each with the natural logarithm of
    /// its probability. Empty where no letter is known.
    pub(super) fn read(&self, word: &str) -> Vec<(f32, Vec<u8>)> {
        let letters: Vec<u8> = word.bytes().map(|b| b.to_ascii_lowercase()).collect();
        let known = |letter: &u8| self.graphones.iter().skip(1).any(|g| g.letter == *letter);
        let letters: Vec<u8> = letters.into_iter().filter(known).collect();
        let mut whole: Vec<(f32, Vec<u8>)> = Vec::new();
        for piece in letters.chunks(LONGEST) {
            let read = self.read_piece(piece);
            whole = match (whole.is_empty(), read.first()) {
                (true, _) => read,
                (false, None) => whole,
                // Only the best of each piece: nobody says such words.
                (false, Some((score, phones))) => {
                    whole.iter().take(1).map(|(s, p)| (s + score, [p.as_slice(), phones].concat())).collect()
                }
            };
        }
        whole
    }

    fn read_piece(&self, letters: &[u8]) -> Vec<(f32, Vec<u8>)> {
        let mut start: Context = [None; MOST_ORDER];
        if let Some(first) = start.first_mut() {
            *first = Some(BOUNDARY.into());
        }
        let mut beam = vec![Reading { context: start, score: 0.0, phones: Vec::new() }];
        for letter in letters {
            let mut next = Vec::with_capacity(beam.len() * 16);
            for reading in &beam {
                for (graphone, index) in self.graphones.iter().zip(0_u16..).skip(1) {
                    if graphone.letter == *letter {
                        next.push(self.extended(reading, index, &graphone.phones));
                    }
                }
            }
            next.sort_by(|a, b| b.score.total_cmp(&a.score));
            next.truncate(BEAM);
            beam = next;
        }
        let ended = beam.iter().map(|reading| self.extended(reading, BOUNDARY, &[]));
        let mut found: Vec<(f32, Vec<u8>)> = Vec::new();
        for reading in ended {
            if !reading.phones.is_empty() {
                match found.iter_mut().find(|(_, phones)| *phones == reading.phones) {
                    Some((score, _)) => *score = score.max(reading.score),
                    None => found.push((reading.score, reading.phones)),
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found
    }

    /// One graphone further: its probability is that of the longest known sequence, with what backing off to it costs.
    fn extended(&self, reading: &Reading, graphone: u16, phones: &[u8]) -> Reading {
        let mut context: Context = [None; MOST_ORDER];
        let mut score = PROBABILITY_STEP * 127.0;
        let mut backed_off = 0.0;
        if let Some(slot) = context.first_mut() {
            *slot = Some(graphone.into());
            score = self.probability(0, graphone.into());
        }
        let order = self.levels.len();
        for level in 0..order.saturating_sub(1) {
            let Some(node) = reading.context.get(level).copied().flatten() else { continue };
            match self.successor(level, node, graphone) {
                Some(found) => {
                    score = self.probability(level + 1, found);
                    backed_off = 0.0;
                    if let Some(slot) = context.get_mut(level + 1).filter(|_| level + 2 < order) {
                        *slot = Some(found);
                    }
                }
                None => backed_off += self.back_off(level, node),
            }
        }
        let phones = [reading.phones.as_slice(), phones].concat();
        Reading { context, score: reading.score - score + backed_off, phones }
    }

    fn node(&self, level: usize, index: u32) -> Option<&[u8]> {
        let size = if level + 1 == self.levels.len() { OUTER } else { INNER };
        let start = index as usize * size;
        self.levels.get(level)?.get(start..start + size)
    }

    /// Minus the natural logarithm.
    fn probability(&self, level: usize, index: u32) -> f32 {
        let packed = self.node(level, index).map_or(u16::MAX, head);
        f32::from(packed >> 9) * PROBABILITY_STEP
    }

    fn back_off(&self, level: usize, index: u32) -> f32 {
        let byte = self.node(level, index).and_then(|node| node.get(2)).copied().unwrap_or_default();
        f32::from(byte as i8) * BACK_OFF_STEP
    }

    /// The node one level up for `graphone` behind the sequence of `index`.
    fn successor(&self, level: usize, index: u32, graphone: u16) -> Option<u32> {
        let first = |index: u32| self.node(level, index)?.get(3..6).map(|bytes| little_endian(bytes) as u32);
        let size = if level + 2 == self.levels.len() { OUTER } else { INNER };
        let all = (self.levels.get(level + 1)?.len() / size) as u32;
        let (mut low, mut high) = (first(index)?, first(index + 1).unwrap_or(all));
        while low < high {
            let middle = low + (high - low) / 2;
            let here = head(self.node(level + 1, middle)?) & 0x1FF;
            match here.cmp(&graphone) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Graphone in the low nine bits, probability above.
fn head(node: &[u8]) -> u16 {
    node.get(..2).map_or(u16::MAX, |bytes| little_endian(bytes) as u16)
}

/// The pronunciation with exactly one primary stress: the first secondary one is raised, further primary ones lowered.
pub(super) fn with_one_stress(mut word: Vec<u8>) -> Vec<u8> {
    let has = |word: &[u8], digit| word.iter().position(|p| phones::stress(*p) == Some(digit));
    let main = has(&word, 1).or_else(|| has(&word, 2)).or_else(|| has(&word, 0));
    for (index, phone) in word.iter_mut().enumerate() {
        if Some(index) == main {
            *phone = phones::with_stress(*phone, 1);
        } else if phones::stress(*phone) == Some(1) {
            *phone = phones::with_stress(*phone, 2);
        }
    }
    word
}

#[cfg(test)]
mod tests;
