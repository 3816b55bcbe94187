//! What the punctuation of a text says of its delivery: questions, exclamations, lists, and thoughts that break off.
//!
//! A timeline's words have no punctuation; its captions do, where they say the words that are spoken. It moves nothing.

use crate::script::timeline::{Caption, Word};
use crate::script::words::split;
use crate::time::Time;

/// A sentence, or a part of one, that asks for something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Remark {
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) kind: RemarkKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RemarkKind {
    Question,
    Exclamation,
    /// Which of a list.
    Item(u32),
    /// It is not ended: an ellipsis or a dash.
    BrokenOff,
}

/// A list has at least so many items, none of more words than this.
const FEWEST_ITEMS: usize = 3;
const LONGEST_ITEM: usize = 5;
/// Ideographs are words of one character each.
const LONGEST_IDEOGRAPHIC_ITEM: usize = 8;

/// A word and what stands behind it.
struct Piece<'a> {
    word: &'a Word,
    after: &'a str,
}

/// The remarks in what is said with `words`, as `captions` write it, in order of their starts.
pub(super) fn remarks(words: &[Word], captions: &[Caption]) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut sentence: Vec<Piece<'_>> = Vec::new();
    for caption in captions {
        let Some(pieces) = matched(words, caption) else {
            sentence.clear();
            continue;
        };
        for piece in pieces {
            let ends = piece.after.contains(SENTENCE_ENDS);
            sentence.push(piece);
            if ends {
                said(&sentence, &mut found);
                sentence.clear();
            }
        }
    }
    said(&sentence, &mut found);
    found.sort_by_key(|remark| remark.start);
    found
}

const SENTENCE_ENDS: [char; 7] = ['.', '?', '!', '。', '？', '！', '…'];
const ITEM_ENDS: [char; 6] = [',', ';', '，', '、', '；', '·'];
const BREAKS: [char; 4] = ['…', '—', '–', '⸺'];

/// The words of a caption, where they are those that are spoken.
fn matched<'a>(words: &'a [Word], caption: &'a Caption) -> Option<Vec<Piece<'a>>> {
    let place = |t: Time| words.partition_point(|word| word.start < t);
    let own = words.get(place(caption.start)..place(caption.end))?;
    let ranges = split(&caption.text);
    if own.len() != ranges.len() || own.is_empty() {
        return None;
    }
    let mut pieces = Vec::with_capacity(own.len());
    for (index, (word, range)) in own.iter().zip(&ranges).enumerate() {
        if !caption.text.get(range.clone())?.eq_ignore_ascii_case(&word.text) {
            return None;
        }
        let next = ranges.get(index + 1).map_or(caption.text.len(), |next| next.start);
        pieces.push(Piece { word, after: caption.text.get(range.end..next)? });
    }
    Some(pieces)
}

fn said(sentence: &[Piece<'_>], found: &mut Vec<Remark>) {
    let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { return };
    let mut remark = |start: Time, end: Time, kind| found.push(Remark { start, end, kind });
    let (start, end) = (first.word.start, last.word.end);
    if last.after.contains(['?', '？']) {
        remark(start, end, RemarkKind::Question);
    } else if last.after.contains(['!', '！']) {
        remark(start, end, RemarkKind::Exclamation);
    }
    for piece in sentence.iter().filter(|piece| piece.after.contains(BREAKS)) {
        remark(piece.word.start, piece.word.end, RemarkKind::BrokenOff);
    }
    let items: Vec<&[Piece<'_>]> = sentence.split_inclusive(|p| p.after.contains(ITEM_ENDS)).collect();
    // What stands before the first item belongs to the sentence, not to the list: "we have wind, water, and sun".
    let is_short = |item: &&&[Piece<'_>]| item.len() <= longest(item);
    let listed = items.iter().skip(1).take_while(is_short).count() + 1;
    if listed >= FEWEST_ITEMS && listed == items.len() {
        for (number, item) in (0..).zip(&items) {
            // The word that ends an item stands for it: of the first one nobody knows where it begins.
            if let Some(last) = item.last() {
                remark(last.word.start, last.word.end, RemarkKind::Item(number));
            }
        }
    }
}

fn longest(item: &[Piece<'_>]) -> usize {
    let is_ideographic = |p: &Piece<'_>| p.word.text.chars().all(crate::script::words::is_ideographic);
    if item.iter().all(is_ideographic) { LONGEST_IDEOGRAPHIC_ITEM } else { LONGEST_ITEM }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<RemarkKind> {
        let ranges = split(text);
        let word = |(i, range): (usize, &std::ops::Range<usize>)| Word {
            start: Time::from_millis(i as i64 * 300),
            end: Time::from_millis(i as i64 * 300 + 250),
            text: text[range.clone()].to_lowercase(),
            language: String::new(),
        };
        let words: Vec<Word> = ranges.iter().enumerate().map(word).collect();
        let end = Time::from_secs_f64(100.0);
        let caption = Caption { language: "en".into(), start: Time::ZERO, end, text: text.to_owned() };
        remarks(&words, &[caption]).into_iter().map(|r| r.kind).collect()
    }

    #[test]
    fn questions_exclamations_lists_and_breaks_are_found() {
        use RemarkKind::*;
        assert_eq!(of("How are you? I am fine."), [Question]);
        assert_eq!(of("Welcome! Please sit down."), [Exclamation]);
        assert_eq!(of("We have wind, water, and the sun."), [Item(0), Item(1), Item(2)]);
        assert_eq!(of("If it rains, we stay."), []);
        assert_eq!(of("I thought… well, never mind."), [BrokenOff]);
        assert_eq!(of("我们有风、水、太阳。"), [Item(0), Item(1), Item(2)]);
        assert_eq!(of("你好吗？"), [Question]);
    }

    #[test]
    fn captions_that_say_something_else_say_nothing() {
        let word = Word {
            start: Time::ZERO,
            end: Time::from_millis(200),
            text: "hi".into(),
            language: String::new(),
        };
        let end = Time::from_secs_f64(1.0);
        let caption = Caption { language: "fr".into(), start: Time::ZERO, end, text: "Salut !".into() };
        assert_eq!(remarks(&[word], &[caption]), []);
    }
}
