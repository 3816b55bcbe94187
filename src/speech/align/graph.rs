//! All ways to say a text: its words in order with every pronunciation, pauses and other sounds between them, words left out.
//!
//! A junction lies before each word and after the last one. From it lead the pronunciations of its word, a pause and a
//! filler (both come back to it), and an arc past the word, which has a price. It holds no times.

use std::ops::Range;

use super::costs::{NAT, SILENCE};

/// The price of leaving out words, once for a run of them.
const OPEN: i32 = 35 * NAT;
/// The further price of each word, and of each phone of its first pronunciation.
const WORD: i32 = 2 * NAT;
const PHONE: i32 = 2 * NAT;
/// Words of more phones cost no more.
const DEAREST_PHONES: i32 = 10;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A phone of a word.
    Word {
        /// The word's index.
        word: u32,
        /// Which of its pronunciations.
        variant: u16,
        /// The place in it.
        place: u16,
    },
    /// Silence between words.
    Pause,
    /// Anything that the text does not have.
    Filler,
}

/// A phone in a certain place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    /// Which phone; silence for pauses, meaningless for fillers.
    pub(super) phone: u8,
    /// What it stands for.
    pub(super) kind: Kind,
    /// Where it leads: `None` to the node after it.
    pub(super) leads_to: Option<u32>,
}

/// A place between words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Junction {
    /// Its pause; the node after it is its filler.
    pub(super) pause: u32,
    /// The first nodes of the pronunciations of the word after it, in [`Graph::firsts`].
    pub(super) firsts: Range<usize>,
    /// What it costs to leave that word out beside [`Graph::open`]; nothing where it has no sound.
    pub(super) skip: i32,
    /// Whether that word has no sound.
    pub(super) is_mute: bool,
    /// Whether nothing begins here: known to lie in a part of the text that is not spoken.
    pub(super) is_closed: bool,
}

/// The text.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) junctions: Vec<Junction>,
    pub(super) firsts: Vec<u32>,
    /// The price of leaving out a run of words.
    pub(super) open: i32,
}

impl Graph {
    /// For each word its pronunciations, the likeliest first. Words inside `unspoken` cost next to nothing to leave out and
    /// cannot be entered.
    pub(super) fn new(words: &[Vec<Vec<u8>>], unspoken: &[Range<usize>]) -> Self {
        let mut graph = Self { open: OPEN, ..Self::default() };
        for (index, variants) in words.iter().enumerate() {
            let mut junction = graph.begin_junction(index as u32);
            let first = graph.firsts.len();
            for (variant, phones) in variants.iter().enumerate().filter(|(_, phones)| !phones.is_empty()) {
                graph.firsts.push(graph.nodes.len() as u32);
                let last = phones.len() - 1;
                graph.nodes.extend(phones.iter().enumerate().map(|(place, phone)| Node {
                    phone: *phone,
                    kind: Kind::Word { word: index as u32, variant: variant as u16, place: place as u16 },
                    leads_to: (place == last).then_some(index as u32 + 1),
                }));
            }
            junction.firsts = first..graph.firsts.len();
            junction.is_mute = junction.firsts.is_empty();
            junction.is_closed = unspoken.iter().any(|range| range.contains(&index));
            if !junction.is_closed && !junction.is_mute {
                let phones =
                    variants.iter().map(Vec::len).find(|count| *count > 0).unwrap_or_default() as i32;
                junction.skip = WORD + PHONE * phones.min(DEAREST_PHONES);
            }
            graph.junctions.push(junction);
        }
        let last = graph.begin_junction(words.len() as u32);
        graph.junctions.push(last);
        graph
    }

    fn begin_junction(&mut self, index: u32) -> Junction {
        let pause = self.nodes.len() as u32;
        for kind in [Kind::Pause, Kind::Filler] {
            self.nodes.push(Node { phone: SILENCE, kind, leads_to: Some(index) });
        }
        Junction { pause, ..Junction::default() }
    }

    /// What it costs to leave out all words from each junction to the end, without [`Graph::open`].
    pub(super) fn skips_to_end(&self) -> Vec<i32> {
        let mut sum = 0_i32;
        let mut sums: Vec<i32> = self
            .junctions
            .iter()
            .rev()
            .map(|junction| {
                sum = sum.saturating_add(junction.skip);
                sum
            })
            .collect();
        sums.reverse();
        sums
    }
}
