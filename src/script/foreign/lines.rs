//! A line of text and its time → its words, each with a share of the time.
//!
//! The shares are by the words' lengths; what the words sound like is not known here.

use crate::script::timeline::Word;
use crate::script::words::{is_ideographic, split};
use crate::time::Time;

/// The longest that speech takes for a letter and for an ideograph: captions stay when speech is over.
const LETTER_NANOS: i64 = 110_000_000;
const IDEOGRAPH_NANOS: i64 = 450_000_000;
/// How much longer singing takes at most.
const SUNG: i64 = 2;
/// A sung line of this length leaves time for a breath.
const LONG_LINE: Time = Time::from_millis(1500);
const BREATH: Time = Time::from_millis(300);

/// The words of `text`, which is shown between `start` and `end`, and said from its start at a pace of speech.
pub(super) fn words_of_line(text: &str, language: &str, start: Time, end: Time) -> Vec<Word> {
    let most: i64 = split(text).into_iter().filter_map(|range| text.get(range)).map(length).sum();
    words_within(text, language, start, end.min(start + Time::from_nanos(most)))
}

/// The same of a line that is sung: half as fast, and with a breath before `end` where the line leaves time for one.
pub(super) fn words_of_sung_line(text: &str, language: &str, start: Time, end: Time) -> Vec<Word> {
    let most: i64 = split(text).into_iter().filter_map(|range| text.get(range)).map(length).sum();
    let until = if end - start >= LONG_LINE { end - BREATH } else { end };
    words_within(text, language, start, until.min(start + Time::from_nanos(most.saturating_mul(SUNG))))
}

/// The words of `text`, which is said from `start` to `end` without a pause.
pub(super) fn words_within(text: &str, language: &str, start: Time, end: Time) -> Vec<Word> {
    let words: Vec<&str> = split(text).into_iter().filter_map(|range| text.get(range)).collect();
    let lengths: Vec<i64> = words.iter().map(|word| length(word)).collect();
    let whole: i64 = lengths.iter().sum();
    let span = (end - start).as_nanos().max(0);
    let at = |sum: i64| {
        let nanos = i128::from(span) * i128::from(sum) / i128::from(whole.max(1));
        start + Time::from_nanos(nanos as i64)
    };
    let mut sum = 0;
    let mut out = Vec::with_capacity(words.len());
    for (word, length) in words.iter().zip(lengths) {
        let start = at(sum);
        sum += length;
        out.push(Word { start, end: at(sum), text: (*word).to_owned(), language: language.to_owned() });
    }
    out
}

/// How long a word takes at most, in nanoseconds; also the share that it has of a line.
fn length(word: &str) -> i64 {
    // What does not sound by itself, such as the first letter of a word, still takes some time.
    let letters = |c: char| if is_ideographic(c) { IDEOGRAPH_NANOS } else { LETTER_NANOS };
    LETTER_NANOS + word.chars().map(letters).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_share_the_line() {
        let words = words_of_line("A word.", "en", Time::from_millis(1000), Time::from_millis(1700));
        let spans: Vec<(f64, f64, &str)> =
            words.iter().map(|w| (w.start.as_millis_f64(), w.end.as_millis_f64(), w.text.as_str())).collect();
        assert_eq!(spans, [(1000.0, 1200.0, "A"), (1200.0, 1700.0, "word")]);
    }

    #[test]
    fn speech_does_not_fill_a_long_caption() {
        let words = words_of_line("No", "", Time::ZERO, Time::from_millis(60_000));
        assert_eq!(words[0].end, Time::from_millis(330));
        assert!(words_of_line(" … ", "", Time::ZERO, Time::from_millis(5)).is_empty());
    }

    #[test]
    fn sung_lines_are_slower_and_leave_a_breath() {
        let end = |millis: i64| words_of_sung_line("No", "", Time::ZERO, Time::from_millis(millis))[0].end;
        let ends = [400, 660, 60_000].map(|millis| end(millis).as_millis_f64());
        assert_eq!(ends, [400.0, 660.0, 660.0]);
        let long = words_of_sung_line("All that I sing", "", Time::ZERO, Time::from_millis(2000));
        assert_eq!(long[3].end, Time::from_millis(1700));
    }
}
