//! Captions: the shown text of a line, cut where people would cut it, with times from the words.
//!
//! One caption is one row of at most about 80 narrow or 24 wide characters.

use std::ops::Range;

use super::timeline::{Caption, Word};
use super::words::{self, is_ideographic};
use crate::time::Time;

/// Widths of a narrow and a wide character, and of a whole row: 80 of the one, 24 of the other.
const NARROW: usize = 3;
const WIDE: usize = 10;
const ROW: usize = 240;

/// A caption no wider than this is joined with the next where both fit a row.
const SHORT: usize = ROW / 4;

/// How long a caption stays after its last word, where nothing follows sooner.
const LINGER: Time = Time::from_millis(500);

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "No.", "vs.", "etc.", "e.g.", "i.e.", "z.B.", "d.h."];

/// The captions of a line: `displayed` cut at sentence ends, and longer sentences at commas and words; none for an empty
/// text. Each appears with its first word and stays until the next, or half a second after its last word, but not
/// past `end`. `words` are the spoken words of this line only, in order, and `start..end` is the time the line has;
/// where the shown words are not as many as the spoken ones, the line's time is shared out by width.
pub fn split(displayed: &str, language: &str, words: &[Word], start: Time, end: Time) -> Vec<Caption> {
    let rows = rows(displayed);
    let shown = words::split(displayed);
    let first = words.first().map_or(start, |word| word.start);
    let last = words.last().map_or(end, |word| word.end);
    let whole = width(displayed).max(1) as f64;
    let by_width = |offset: usize| {
        let part = width(displayed.get(..offset).unwrap_or(displayed)) as f64 / whole;
        Time::from_secs_f64(first.as_secs_f64() + part * (last - first).as_secs_f64())
    };
    let begins = |row: &Range<usize>| {
        let index = shown.partition_point(|word| word.start < row.start);
        let word = words.get(index).filter(|_| shown.len() == words.len());
        word.map_or_else(|| by_width(row.start), |word| word.start)
    };
    let ends = |row: &Range<usize>| {
        let index = shown.partition_point(|word| word.end <= row.end);
        let word = index.checked_sub(1).and_then(|index| words.get(index));
        word.filter(|_| shown.len() == words.len()).map_or_else(|| by_width(row.end), |word| word.end)
    };
    let starts: Vec<Time> = rows.iter().map(begins).collect();
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let until = starts.get(index + 1).copied().unwrap_or(end);
            Caption {
                language: language.to_owned(),
                start: starts[index],
                end: (ends(row) + LINGER).min(until),
                text: displayed[row.clone()].trim().to_owned(),
            }
        })
        .filter(|caption| caption.end > caption.start)
        .collect()
}

/// The byte ranges of the captions of a text.
fn rows(text: &str) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text) {
        for row in fold(text, sentence) {
            match rows.last_mut() {
                Some(last)
                    if width(&text[last.clone()]) <= SHORT && width(&text[last.start..row.end]) <= ROW =>
                {
                    last.end = row.end;
                }
                _ => rows.push(row),
            }
        }
    }
    rows
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '。' | '！' | '？' | '…' => !next.is_some_and(is_closing),
            '.' | '!' | '?' => next.is_some_and(char::is_whitespace) && !is_abbreviation(&text[begin..end]),
            c if is_closing(c) => {
                let before = text[begin..at].trim_end_matches(is_closing);
                before.ends_with(['.', '!', '?', '。', '！', '？', '…']) && !next.is_some_and(is_closing)
            }
            _ => false,
        };
        if ends {
            sentences.push(begin..end);
            begin = end;
        }
    }
    sentences.push(begin..text.len());
    sentences.retain(|range| !text[range.clone()].trim().is_empty());
    sentences
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | '」' | '』' | '）' | ')' | '。' | '！' | '？' | '…')
}

fn is_abbreviation(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or_default();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.eq(['.']);
    initial || ABBREVIATIONS.contains(&word)
}

/// Cuts a sentence that is too wide into rows of about the same width, after punctuation where there is some.
fn fold(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut rest = sentence;
    loop {
        let wide = width(&text[rest.clone()]);
        let count = wide.div_ceil(ROW);
        let cut = if count > 1 { cut(text, rest.clone(), wide / count) } else { rest.end };
        if cut <= rest.start || cut >= rest.end {
            rows.push(rest);
            return rows;
        }
        rows.push(rest.start..cut);
        rest.start = cut;
    }
}

/// Where to end a row: the place that costs least, by its distance from `goal` and by what stands there.
fn cut(text: &str, range: Range<usize>, goal: usize) -> usize {
    let mut best = (usize::MAX, range.end);
    let mut so_far = 0;
    let mut chars = text[range.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        so_far += char_width(c);
        if so_far > ROW {
            break;
        }
        let next = chars.peek().map(|(_, next)| *next).unwrap_or(' ');
        let penalty = match c {
            '，' | '、' | '；' | '：' => 0,
            ',' | ';' | ':' if next.is_whitespace() => 0,
            c if c.is_whitespace() => ROW / 4,
            c if is_ideographic(c) && is_ideographic(next) => ROW / 4,
            _ => ROW,
        };
        let cost = so_far.abs_diff(goal) + penalty;
        if cost < best.0 {
            best = (cost, range.start + at + c.len_utf8());
        }
    }
    best.1
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    let wide = is_ideographic(c)
        || matches!(c, '\u{1100}'..='\u{115F}' | '\u{3000}'..='\u{303F}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FF60}');
    if wide { WIDE } else { NARROW }
}
