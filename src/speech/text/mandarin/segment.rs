//! Where words begin and end in a run of Chinese characters: the likeliest sequence of dictionary words.
//!
//! Unigrams only; it knows no grammar.

use super::dictionary::{Dictionary, LONGEST_WORD, UNKNOWN};
use super::polyphones::Polyphones;

/// The cost of a phrase of the polyphone table that the dictionary does not hold.
const PHRASE: u32 = 96;

/// For each word, the index behind its last character.
pub(super) fn segment(characters: &[char]) -> Vec<usize> {
    let dictionary = Dictionary::embedded();
    let phrases = Polyphones::embedded();
    let count = characters.len();
    // The least cost of each beginning, and the length of its last word.
    let mut best: Vec<(u32, usize)> = vec![(u32::MAX, 1); count + 1];
    if let Some(start) = best.first_mut() {
        *start = (0, 0);
    }
    for start in 0..count {
        let so_far = best.get(start).map_or(u32::MAX, |(cost, _)| *cost);
        for length in 1..=LONGEST_WORD.min(count - start) {
            let word = characters.get(start..start + length).unwrap_or_default();
            let cost = match dictionary.cost(word) {
                Some(cost) => cost,
                None if length == 1 => UNKNOWN,
                None if phrases.holds(word) => PHRASE,
                None => continue,
            };
            let reached = so_far.saturating_add(cost);
            if let Some(place) = best.get_mut(start + length).filter(|(known, _)| reached < *known) {
                *place = (reached, length);
            }
        }
    }
    let mut ends = Vec::new();
    let mut end = count;
    while end > 0 {
        ends.push(end);
        let length = best.get(end).map_or(1, |(_, length)| *length);
        end = end.saturating_sub(length.max(1));
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let words = |text: &str| {
            let characters: Vec<char> = text.chars().collect();
            let mut start = 0;
            let cut =
                |end: usize| characters[std::mem::replace(&mut start, end)..end].iter().collect::<String>();
            segment(&characters).into_iter().map(cut).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("我们在北京大学学习"), "我们 在 北京大学 学习");
        assert_eq!(words("研究生命的起源"), "研究 生命 的 起源");
        assert_eq!(words(""), "");
    }
}
