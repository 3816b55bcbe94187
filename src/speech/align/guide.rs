//! Where text and sound go together, from phones heard and phones expected: before the search, and for hours at once.
//!
//! Runs of equal phones are chained in order; what a chain leaves open on one side only is text that nobody says or sound that
//! the text lacks. It times nothing.

use std::ops::Range;

use super::costs::SILENCE;
use super::phone_loop::Heard;

/// Phones in a run.
const RUN: usize = 4;
/// Runs that stand in the text more often than this say nothing.
const COMMON: usize = 24;
/// A link of the chain is kept where as many others as [`COMPANY`] lie at most [`NEAR`] phones away and off its diagonal
/// by at most [`OFF`].
const COMPANY: usize = 3;
const NEAR: u32 = 60;
const OFF: i64 = 15;
/// A chain of fewer links is chance.
const SHORTEST: usize = 6;
/// Text of at least as many phones, with less sound than frames for each, is not spoken.
const UNSPOKEN_PHONES: usize = 60;
const HASTE: usize = 4;
/// So many words at both ends of it may be spoken all the same.
const MARGIN: usize = 10;
/// Sound of at least as many frames, and more for each phone, holds what the text lacks.
const FOREIGN_FRAMES: usize = 1000;
const LEISURE: usize = 30;

/// What is known before the search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Guide {
    /// Words that nobody says.
    pub(super) unspoken: Vec<Range<usize>>,
    /// Frames among which something sounds that the text lacks.
    pub(super) foreign: Vec<Range<usize>>,
}

/// A run that is heard and expected: the places of its first phone among those heard and those of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    heard: u32,
    text: u32,
}

/// Compares what is heard with the likeliest pronunciations of the words.
pub(super) fn guide(heard: &[Heard], words: &[Vec<Vec<u8>>], frames: usize) -> Guide {
    let heard: Vec<&Heard> = heard.iter().filter(|heard| heard.phone != SILENCE).collect();
    let likeliest = |variants: &Vec<Vec<u8>>| variants.first().cloned().unwrap_or_default();
    let text: Vec<(u8, usize)> = words
        .iter()
        .enumerate()
        .flat_map(|(word, variants)| likeliest(variants).into_iter().map(move |phone| (phone, word)))
        .collect();
    let phones: Vec<u8> = heard.iter().map(|heard| heard.phone).collect();
    let expected: Vec<u8> = text.iter().map(|(phone, _)| *phone).collect();
    let chain = in_company(&longest_chain(&links(&phones, &expected)));
    if chain.len() < SHORTEST {
        return Guide::default();
    }
    let mut found = Guide::default();
    // The last frame and text phone that the chain has explained.
    let (mut frame, mut phone) = (0_usize, 0_usize);
    let ends = chain.iter().map(|link| {
        let start = heard.get(link.heard as usize).map_or(frames, |heard| heard.start as usize);
        let last = heard.get(link.heard as usize + RUN - 1).map_or(frames, |heard| heard.end as usize);
        (start, link.text as usize, last, link.text as usize + RUN)
    });
    for (next_frame, next_phone, after_frame, after_phone) in ends.chain([(frames, text.len(), 0, 0)]) {
        let (span, phones) = (next_frame.saturating_sub(frame), next_phone.saturating_sub(phone));
        if phones > UNSPOKEN_PHONES && span < phones * HASTE {
            let word_at = |phone: usize| text.get(phone).map_or(words.len(), |(_, word)| *word);
            // At the text's ends there is no spoken side to spare.
            let first = if phone == 0 { 0 } else { word_at(phone) + MARGIN };
            let last = if next_phone == text.len() {
                words.len()
            } else {
                word_at(next_phone).saturating_sub(MARGIN)
            };
            if first < last {
                found.unspoken.push(first..last);
            }
        }
        if span > FOREIGN_FRAMES && span > phones * LEISURE {
            found.foreign.push(frame..next_frame);
        }
        (frame, phone) = (after_frame, after_phone);
    }
    found
}

/// All runs that are heard and stand in the text, in the order heard, later places of the text first.
fn links(heard: &[u8], text: &[u8]) -> Vec<Link> {
    let key = |run: &[u8]| run.iter().fold(0_u32, |key, phone| key << 8 | u32::from(*phone));
    let mut index: Vec<(u32, u32)> = text.windows(RUN).map(key).zip(0..).collect();
    index.sort_unstable();
    let mut found = Vec::new();
    for (at, run) in (0..).zip(heard.windows(RUN)) {
        let key = key(run);
        let first = index.partition_point(|(other, _)| *other < key);
        let same = index.get(first..).unwrap_or_default();
        let count = same.iter().take(COMMON + 1).take_while(|(other, _)| *other == key).count();
        if count <= COMMON {
            found.extend(same.iter().take(count).rev().map(|(_, text)| Link { heard: at, text: *text }));
        }
    }
    found
}

/// The most links that rise on both sides.
fn longest_chain(links: &[Link]) -> Vec<Link> {
    // The link that ends the best chain of each length, by rising place in the text.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(links.len());
    let text = |index: &usize| links.get(*index).map_or(0, |link| link.text);
    for (index, link) in links.iter().enumerate() {
        let length = tails.partition_point(|tail| text(tail) < link.text);
        before.push(length.checked_sub(1).and_then(|length| tails.get(length)).copied());
        match tails.get_mut(length) {
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(link) = next.and_then(|index| links.get(index)) {
        chain.push(*link);
        next = next.and_then(|index| before.get(index)).copied().flatten();
    }
    chain.reverse();
    chain
}

/// The links that others nearby agree with.
fn in_company(chain: &[Link]) -> Vec<Link> {
    let diagonal = |link: &Link| i64::from(link.text) - i64::from(link.heard);
    let agrees =
        |a: &Link, b: &Link| a.heard.abs_diff(b.heard) <= NEAR && (diagonal(a) - diagonal(b)).abs() <= OFF;
    let reach = 2 * NEAR as usize;
    chain
        .iter()
        .enumerate()
        .filter(|(index, link)| {
            let around =
                chain.get(index.saturating_sub(reach)..).unwrap_or_default().iter().take(2 * reach + 1);
            around.filter(|other| agrees(link, other)).count() > COMPANY
        })
        .map(|(_, link)| *link)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Phones that look like speech: pseudo-random, never silence.
    fn phones(seed: u32, count: usize) -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            1 + (state >> 24) as u8 % 39
        };
        (0..count).map(|_| next()).collect()
    }

    /// Heard at eight frames each, every third one wrong.
    fn heard(phones: &[u8], from: usize) -> Vec<Heard> {
        let spoil = |index: usize, phone: u8| {
            if index % 3 == 2 && !index.is_multiple_of(4) { 1 + phone % 39 } else { phone }
        };
        let at = |index: usize| (from + index * 8) as u32;
        let one = |(index, phone): (usize, &u8)| Heard {
            phone: spoil(index, *phone),
            start: at(index),
            end: at(index + 1),
        };
        phones.iter().enumerate().map(one).collect()
    }

    fn as_words(phones: &[u8]) -> Vec<Vec<Vec<u8>>> {
        phones.chunks(4).map(|word| vec![word.to_vec()]).collect()
    }

    #[test]
    fn a_missing_page_is_found() {
        let text = phones(1, 3000);
        let spoken: Vec<u8> = text.iter().take(1000).chain(text.iter().skip(2000)).copied().collect();
        let found = guide(&heard(&spoken, 0), &as_words(&text), spoken.len() * 8);
        let [unspoken] = found.unspoken.as_slice() else { panic!("{found:?}") };
        assert!(
            unspoken.start.abs_diff(250 + MARGIN) < 10 && unspoken.end.abs_diff(500 - MARGIN) < 10,
            "{found:?}"
        );
        assert!(found.foreign.is_empty());
    }

    #[test]
    fn music_in_the_middle_is_found() {
        let text = phones(2, 800);
        let mut all = heard(&text[..400], 0);
        all.extend(heard(&phones(9, 500), 3200));
        all.extend(heard(&text[400..], 7200));
        let found = guide(&all, &as_words(&text), 7200 + 3200);
        let [foreign] = found.foreign.as_slice() else { panic!("{found:?}") };
        assert!(foreign.start.abs_diff(3200) < 200 && foreign.end.abs_diff(7200) < 200, "{found:?}");
        assert!(found.unspoken.is_empty());
    }

    #[test]
    fn another_text_gives_no_guide() {
        let found = guide(&heard(&phones(3, 2000), 0), &as_words(&phones(4, 2000)), 16_000);
        assert_eq!(found, Guide::default());
    }
}
