//! A line as voices get it: sentence by sentence, each with what is said for its parts, and how.
//!
//! It starts no voice and knows none.

use std::ops::Range;

use super::sentence::sentences;
use super::sound::Sound;
use super::utterance::RawPhone;
use crate::script::mark::EMPHASIS;
use crate::script::markup::{DEFAULT_EMPHASIS, LineMarkup, Manner, Markup, emphasis};
use crate::script::words;
use crate::script::written::{Line, LineMark};
use crate::time::Time;

/// One sentence as a voice is to say it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// As it is shown; the words of [`words::split`] are those that get times.
    pub text: String,
    /// A language tag.
    pub language: String,
    /// Its stretches, in order, without gaps; at least one.
    pub parts: Vec<Part>,
}

/// A stretch that is said in one manner.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Bytes of [`Passage::text`].
    pub text: Range<usize>,
    /// What is said: the text itself, or what stands for it.
    pub said: String,
    /// Where the script gives the phones: those of each word.
    pub phones: Option<Vec<Vec<RawPhone>>>,
    /// Whether [`Part::said`] is said as one for the whole text of the part.
    pub atomic: bool,
    /// How fast, high and loud.
    pub manner: Manner,
}

/// A word as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidWord {
    /// Its letters.
    pub text: String,
    /// The index of the shown word whose time it takes.
    pub word: usize,
    /// Where the script gives them.
    pub phones: Option<Vec<RawPhone>>,
}

impl Part {
    /// What is said, each word with the phones that the script gives written by `word` (its letters, its phones, the
    /// punctuation right after it), all else by `other`.
    pub fn respelt(
        &self,
        word: impl Fn(&str, &[RawPhone], &str) -> String,
        other: impl Fn(&str) -> String,
    ) -> String {
        let Some(phones) = &self.phones else { return other(&self.said) };
        let ranges = words::split(&self.said);
        let mut spelt = String::new();
        let mut end = 0;
        for (place, range) in ranges.iter().enumerate() {
            spelt.push_str(&other(self.said.get(end..range.start).unwrap_or_default()));
            let next = ranges.get(place + 1).map_or(self.said.len(), |next| next.start);
            let after = self.said.get(range.end..next).unwrap_or_default();
            let after = after.split(char::is_whitespace).next().unwrap_or_default();
            let letters = self.said.get(range.clone()).unwrap_or_default();
            spelt.push_str(&word(letters, &share(phones, place, ranges.len()), after));
            end = range.end + after.len();
        }
        spelt.push_str(&other(self.said.get(end..).unwrap_or_default()));
        spelt
    }
}

impl Passage {
    /// A sentence without markup.
    pub fn plain(text: &str, language: &str) -> Self {
        let part = Part {
            text: 0..text.len(),
            said: text.to_owned(),
            phones: None,
            atomic: false,
            manner: Manner::default(),
        };
        Self { text: text.to_owned(), language: language.to_owned(), parts: vec![part] }
    }

    /// All that is said.
    pub fn said(&self) -> String {
        self.parts.iter().map(|part| part.said.as_str()).collect()
    }

    /// Whether nothing but its letters, in the voice's own manner, is asked for. Loudness is no matter of the voice.
    pub fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| part.phones.is_none() && part.manner.is_even())
    }

    /// The shown words.
    pub fn words(&self) -> Vec<&str> {
        words::split(&self.text).into_iter().filter_map(|range| self.text.get(range)).collect()
    }

    /// Makes the parts of a sound as loud as they are asked to be; `spans` are the times of [`Passage::words`] in it.
    pub fn set_volumes(&self, spans: &[Range<Time>], sound: &mut Sound) {
        let shown = words::split(&self.text);
        for part in self.parts.iter().filter(|part| part.manner.volume_db.abs() > 0.01) {
            let first = shown.partition_point(|word| word.end <= part.text.start);
            let end = shown.partition_point(|word| word.start < part.text.end);
            let within = spans.get(first..end).unwrap_or_default();
            if let (Some(first), Some(last)) = (within.first(), within.last()) {
                sound.amplify(first.start..last.end, part.manner.volume_db);
            }
        }
    }

    /// The words as they are said, in order.
    pub fn said_words(&self) -> Vec<SaidWord> {
        let shown = words::split(&self.text);
        let said = self.said();
        let ranges = words::split(&said);
        let mut found = Vec::with_capacity(ranges.len());
        let mut begin = 0;
        for part in &self.parts {
            let end = begin + part.said.len();
            let from = ranges.partition_point(|word| word.start < begin);
            let to = ranges.partition_point(|word| word.start < end);
            let here = ranges.get(from..to).unwrap_or_default();
            let first = shown.partition_point(|word| word.end <= part.text.start);
            let within = shown.partition_point(|word| word.start < part.text.end).saturating_sub(first);
            for (place, range) in here.iter().enumerate() {
                let word = match (part.atomic, within) {
                    (false, _) => {
                        let at = part.text.start + (range.start - begin);
                        shown.partition_point(|word| word.end <= at)
                    }
                    // Nothing of it is shown as a word: it goes with the word before.
                    (true, 0) => first.saturating_sub(1),
                    (true, _) => first + place * within / here.len(),
                };
                found.push(SaidWord {
                    text: said.get(range.clone()).unwrap_or_default().to_owned(),
                    word: word.min(shown.len().saturating_sub(1)),
                    phones: part.phones.as_ref().map(|phones| share(phones, place, here.len())),
                });
            }
            begin = end;
        }
        found
    }
}

/// The phones of the word at `place` of `count`: its own where there are as many lists, else its share of all.
fn share(phones: &[Vec<RawPhone>], place: usize, count: usize) -> Vec<RawPhone> {
    if phones.len() == count {
        return phones.get(place).cloned().unwrap_or_default();
    }
    let all = phones.concat();
    let bound = |place: usize| place * all.len() / count.max(1);
    all.get(bound(place)..bound(place + 1)).unwrap_or_default().to_vec()
}

/// The sentences of a piece of a line's spoken text. What is said as one is never cut; together they hold all words.
pub fn passages(line: &Line, piece: Range<usize>) -> Vec<Passage> {
    let parts = parts_of(line, piece);
    let said: String = parts.iter().map(|part| part.said.as_str()).collect();
    let mut places = Vec::with_capacity(parts.len());
    let mut begin = 0;
    for part in &parts {
        places.push(begin..begin + part.said.len());
        begin += part.said.len();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(&said) {
        let cuts_one = |(part, place): (&Part, &Range<usize>)| {
            part.atomic && place.start < sentence.start && sentence.start < place.end
        };
        match found.last_mut() {
            Some(last) if parts.iter().zip(&places).any(cuts_one) => last.end = sentence.end,
            _ => found.push(sentence),
        }
    }
    found.into_iter().map(|sentence| passage(line, &parts, &places, &sentence)).collect()
}

/// The part of a piece that is said in `sentence`, bytes of what is said.
fn passage(line: &Line, parts: &[Part], places: &[Range<usize>], sentence: &Range<usize>) -> Passage {
    let mut cut: Vec<Part> = Vec::new();
    for (part, place) in parts.iter().zip(places) {
        let (from, to) = (place.start.max(sentence.start), place.end.min(sentence.end));
        if from >= to {
            continue;
        }
        let mut part = part.clone();
        if !part.atomic {
            let inside = from - place.start..to - place.start;
            part.said = part.said.get(inside.clone()).unwrap_or_default().to_owned();
            part.text = part.text.start + inside.start..part.text.start + inside.end;
        }
        cut.push(part);
    }
    let start = cut.first().map_or(0, |part| part.text.start);
    let end = cut.last().map_or(0, |part| part.text.end);
    for part in &mut cut {
        part.text = part.text.start - start..part.text.end - start;
    }
    let text = line.spoken.get(start..end).unwrap_or_default().to_owned();
    Passage { text, language: line.language.clone(), parts: cut }
}

/// The stretches of a piece, their texts as bytes of the line's.
fn parts_of(line: &Line, piece: Range<usize>) -> Vec<Part> {
    let touches = |span: &Range<usize>| span.start < piece.end && piece.start < span.end;
    let stressed: Vec<(Range<usize>, Manner)> = line
        .marks
        .iter()
        .filter(|mark| mark.name == EMPHASIS)
        .filter_map(|mark| Some((mark.at..mark.until?, level(mark)?)))
        .filter(|(span, _)| touches(span))
        .collect();
    let markup: Vec<&LineMarkup> = line.markup.iter().filter(|markup| touches(&markup.text)).collect();
    let atomic: Vec<&&LineMarkup> = markup.iter().filter(|markup| markup.markup.is_atomic()).collect();
    let spans = markup.iter().map(|markup| &markup.text).chain(stressed.iter().map(|(text, _)| text));
    let mut cuts: Vec<usize> = spans.flat_map(|span| [span.start, span.end]).collect();
    cuts.retain(|cut| {
        piece.contains(cut) && !atomic.iter().any(|a| a.text.start < *cut && *cut < a.text.end)
    });
    cuts.extend([piece.start, piece.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts: Vec<Part> = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let covers = |span: &Range<usize>| span.start <= start && end <= span.end;
        let mut manner = Manner::default();
        for markup in markup.iter().filter(|markup| covers(&markup.text)) {
            if let Markup::Manner(inner) = &markup.markup {
                manner = manner.and(*inner);
            }
        }
        for (_, inner) in stressed.iter().filter(|(span, _)| covers(span)) {
            manner = manner.and(*inner);
        }
        let text = line.spoken.get(start..end).unwrap_or_default();
        let own = atomic.iter().find(|markup| covers(&markup.text));
        let (said, phones) = match own.map(|markup| &markup.markup) {
            Some(Markup::Alias(alias)) => (alias.as_str(), None),
            Some(Markup::Phones(words)) => (text, Some(words.iter().map(|word| raw(word)).collect())),
            _ => (text, None),
        };
        let (said, atomic) = (said.to_owned(), own.is_some());
        match parts.last_mut() {
            Some(last) if !atomic && !last.atomic && last.manner == manner => {
                last.text.end = end;
                last.said.push_str(&said);
            }
            _ => parts.push(Part { text: start..end, said, phones, atomic, manner }),
        }
    }
    parts
}

fn level(mark: &LineMark) -> Option<Manner> {
    emphasis(mark.args.first().map_or(DEFAULT_EMPHASIS, String::as_str))
}

fn raw(word: &[(String, u8)]) -> Vec<RawPhone> {
    word.iter().map(|(ipa, stress)| RawPhone { ipa: ipa.clone(), stress: *stress, tone: 0 }).collect()
}
