//! Huffman codes of at most 15 bits, and a bit stream, written as `src/speech/text/bits.rs` reads them.

/// A bit stream, most significant bit first.
#[derive(Default)]
pub struct Writer {
    pub bytes: Vec<u8>,
    free: u32,
}

impl Writer {
    pub fn put(&mut self, word: u32, length: u8) {
        for bit in (0..length).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            *self.bytes.last_mut().unwrap() |= ((word >> bit & 1) as u8) << self.free;
        }
    }

    /// Goes on at the next whole byte.
    pub fn align(&mut self) {
        self.free = 0;
    }
}

/// The length of each symbol's code word for these counts; 0 for symbols that never occur.
pub fn lengths(counts: &[u64]) -> Vec<u8> {
    let mut scaled = counts.to_vec();
    loop {
        let lengths = huffman(&scaled);
        if lengths.iter().all(|l| *l <= 15) {
            return lengths;
        }
        scaled.iter_mut().filter(|c| **c > 0).for_each(|c| *c = *c / 2 + 1);
    }
}

fn huffman(counts: &[u64]) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let mut trees: Vec<(u64, Vec<usize>)> =
        counts.iter().enumerate().filter(|(_, c)| **c > 0).map(|(i, c)| (*c, vec![i])).collect();
    if let [(_, only)] = trees.as_slice() {
        lengths[only[0]] = 1;
    }
    while trees.len() > 1 {
        trees.sort_by(|a, b| b.cmp(a));
        let (a, b) = (trees.pop().unwrap(), trees.pop().unwrap());
        let leaves = [a.1, b.1].concat();
        leaves.iter().for_each(|leaf| lengths[*leaf] += 1);
        trees.push((a.0 + b.0, leaves));
    }
    lengths
}

/// The code words that go with `lengths`.
pub fn words(lengths: &[u8]) -> Vec<u32> {
    let mut words = vec![0; lengths.len()];
    let mut next = 0;
    for length in 1..=15 {
        for (word, _) in words.iter_mut().zip(lengths).filter(|(_, l)| **l == length) {
            *word = next;
            next += 1;
        }
        next <<= 1;
    }
    words
}

/// Lengths as nibbles, the first in the low half.
pub fn nibbles(lengths: &[u8]) -> Vec<u8> {
    lengths.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4).collect()
}
