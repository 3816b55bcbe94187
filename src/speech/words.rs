//! Which phones belong to which word: by edit distance between the words' own phones and the sentence's.
//!
//! It does not know where either came from.

use std::ops::Range;

use super::utterance::RawPhone;
use crate::script::timeline::{TimedPhone, Word};
use crate::time::Time;
use crate::vocabulary::Phone;

/// A phone left out, or one too many.
const GAP_COST: f32 = 1.0;
/// Longer sentences than this are not aligned phone by phone but shared out evenly.
const LONGEST: usize = 4000;

/// For each phone of `actual`, the index of its word in `expected` (the phones of each word spoken by itself).
/// Never decreasing; empty where no word is expected.
pub fn word_of_phones(expected: &[Vec<RawPhone>], actual: &[&str]) -> Vec<usize> {
    let flat: Vec<(usize, &str)> = expected
        .iter()
        .enumerate()
        .flat_map(|(w, phones)| phones.iter().map(move |p| (w, p.ipa.as_str())))
        .collect();
    if expected.is_empty() {
        return Vec::new();
    }
    if flat.is_empty() || flat.len() > LONGEST || actual.len() > LONGEST {
        return (0..actual.len()).map(|i| i * expected.len() / actual.len().max(1)).collect();
    }
    let columns = flat.len() + 1;
    let cost = fill(&flat, actual);
    let at = |row: usize, column: usize| cost.get(row * columns + column).copied().unwrap_or(f32::MAX);
    let mut owners = vec![0; actual.len()];
    let (mut row, mut column) = (actual.len(), flat.len());
    while row > 0 {
        let here = at(row, column);
        let expected_phone = column.checked_sub(1).and_then(|c| flat.get(c));
        let heard = actual.get(row - 1).copied().unwrap_or_default();
        match expected_phone {
            Some((word, ipa)) if (here - at(row - 1, column - 1) - difference(ipa, heard)).abs() < 1e-3 => {
                set(&mut owners, row - 1, *word);
                row -= 1;
                column -= 1;
            }
            Some(_) if (here - at(row, column - 1) - GAP_COST).abs() < 1e-3 => column -= 1,
            // One too many: it goes with the phone before it.
            other => {
                set(&mut owners, row - 1, other.map_or(0, |(word, _)| *word));
                row -= 1;
            }
        }
    }
    owners
}

fn set(owners: &mut [usize], index: usize, word: usize) {
    if let Some(owner) = owners.get_mut(index) {
        *owner = word;
    }
}

/// The edit distances of all prefixes, row by row of `actual`.
fn fill(flat: &[(usize, &str)], actual: &[&str]) -> Vec<f32> {
    let mut cost: Vec<f32> = (0..=flat.len()).map(|i| i as f32 * GAP_COST).collect();
    let mut above = cost.clone();
    for (row, heard) in actual.iter().enumerate() {
        let mut line = Vec::with_capacity(above.len());
        let mut left = (row + 1) as f32 * GAP_COST;
        line.push(left);
        for ((_, ipa), pair) in flat.iter().zip(above.windows(2)) {
            let &[diagonal, up] = pair else { continue };
            left = (diagonal + difference(ipa, heard)).min(up + GAP_COST).min(left + GAP_COST);
            line.push(left);
        }
        cost.extend_from_slice(&line);
        above = line;
    }
    cost
}

/// 0 for the same phone, less than two gaps for one of its kind.
fn difference(a: &str, b: &str) -> f32 {
    if a == b {
        return 0.0;
    }
    match (Phone::from_ipa(a), Phone::from_ipa(b)) {
        (Some(a), Some(b)) if a.viseme == b.viseme => 0.4,
        (Some(a), Some(b)) if a.is_vowel() == b.is_vowel() => 0.8,
        _ => 1.9,
    }
}

/// Times for every word of a text: those of its phones; a word without any shares its neighbour's time.
///
/// `owners` holds a word's index for every phone. `range` is used where there are no phones at all.
pub fn place_words(
    texts: &[&str],
    language: &str,
    phones: &[TimedPhone],
    owners: &[usize],
    range: Range<Time>,
) -> Vec<Word> {
    let mut spans: Vec<Option<Range<Time>>> = vec![None; texts.len()];
    for (phone, &owner) in phones.iter().zip(owners) {
        match spans.get_mut(owner) {
            Some(Some(span)) => span.end = phone.end,
            Some(empty) => *empty = Some(phone.start..phone.end),
            None => {}
        }
    }
    let mut words = Vec::with_capacity(texts.len());
    let mut index = 0;
    while index < texts.len() {
        // A group: one word with a time and those without that follow it (or lead, at the very start).
        let placed = |i: usize| spans.get(i).is_some_and(Option::is_some);
        let mut end = index + 1;
        let mut has_time = placed(index);
        while end < texts.len() && !(has_time && placed(end)) {
            has_time |= placed(end);
            end += 1;
        }
        let span = spans.iter().take(end).skip(index).flatten().next().cloned().unwrap_or(range.clone());
        let count = (end - index) as i64;
        let nanos = (span.end - span.start).as_nanos();
        for (place, text) in texts.iter().take(end).skip(index).enumerate() {
            let at = |n: i64| span.start + Time::from_nanos(nanos / count * n);
            let place = place as i64;
            let end = if place + 1 == count { span.end } else { at(place + 1) };
            words.push(Word {
                start: at(place),
                end,
                text: (*text).to_owned(),
                language: language.to_owned(),
            });
        }
        index = end;
    }
    words
}
