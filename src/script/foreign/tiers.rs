//! Tiers of labelled intervals, as Praat, the Montreal Forced Aligner and ELAN have them → speakers, phones, words, captions.
//!
//! What a tier holds is told from its name.

use super::label::{Alphabet, is_silence, is_word};
use super::lines::words_of_line;
use super::{Read, speaker_of, warning};
use crate::script::document::Fault;
use crate::script::timeline::{Caption, Speaker, TimedPhone, TimedViseme, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;
use crate::vocabulary::Viseme;

/// A stretch of time with a label.
pub(super) type Interval = (Time, Time, String);

/// Intervals of one kind, of one speaker.
#[derive(Debug, Default)]
pub(super) struct Tier {
    /// Whose, where the file says so apart from the name.
    pub(super) speaker: Option<String>,
    pub(super) name: String,
    pub(super) intervals: Vec<Interval>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Phones,
    Words,
    Visemes,
    Lines,
    Other,
}

/// What a tier's name holds, as MFA, WebMAUS, ELAN and people call them; the first row that fits counts.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Phones, &["phon", "segment", "mau", "ipa", "sampa"]),
    (Kind::Words, &["word", "ort", "wort"]),
    (Kind::Visemes, &["viseme"]),
    (Kind::Lines, &["utter", "sentence", "transcri", "caption", "subtitle", "phrase", "text"]),
];

/// Names that are looked for at the beginning only, as they stand in others.
const AT_BEGINNING: &[&str] = &["segment", "ort"];
/// Names that are whole.
const WHOLE: &[&str] = &["mau", "ipa", "sampa"];

impl Kind {
    fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let fits = |key: &&str| {
            if WHOLE.contains(key) {
                name == *key
            } else if AT_BEGINNING.contains(key) {
                name.starts_with(*key)
            } else {
                name.contains(*key)
            }
        };
        KINDS.iter().find(|(_, keys)| keys.iter().any(fits)).map_or(Self::Other, |(kind, _)| *kind)
    }

    fn is_free(self, speaker: &Speaker) -> bool {
        match self {
            Self::Phones => speaker.phones.is_empty(),
            Self::Words => speaker.words.is_empty(),
            Self::Visemes => speaker.visemes.is_empty(),
            Self::Lines => true,
            Self::Other => false,
        }
    }
}

/// Whether a name says what a tier holds.
pub(super) fn says_kind(name: &str) -> bool {
    Kind::of(name) != Kind::Other
}

/// Speakers and captions of tiers. The first tier of a kind counts; a speaker of whom there are only lines says their
/// words. `what` stands in the messages.
pub(super) fn read(tiers: Vec<Tier>, duration: Time, mut warnings: Vec<Fault>, what: &str) -> Read {
    let mut timeline = Timeline { duration, ..Timeline::default() };
    let mut lines: Vec<(usize, Vec<Interval>)> = Vec::new();
    for tier in tiers {
        let (named, kind) = match tier.name.rsplit_once(" - ") {
            Some((speaker, kind)) if !speaker.trim().is_empty() => (speaker.trim(), kind),
            _ => (DEFAULT_SPEAKER, tier.name.as_str()),
        };
        let kind = Kind::of(kind);
        let id = tier.speaker.as_deref().filter(|id| !id.trim().is_empty()).unwrap_or(named);
        let index = timeline.speakers.iter().position(|known| known.id == id);
        let free = index.and_then(|index| timeline.speakers.get(index)).is_none_or(|s| kind.is_free(s));
        if kind == Kind::Other || !free {
            warnings.push(warning(format!("the tier '{}' is left out", tier.name)));
            continue;
        }
        let next = timeline.speakers.len();
        let speaker = speaker_of(&mut timeline.speakers, id)?;
        if kind == Kind::Lines {
            lines.push((index.unwrap_or(next), tier.intervals));
        } else {
            fill(speaker, kind, tier.intervals);
        }
    }
    if timeline.speakers.is_empty() {
        let help = "name an interval tier 'phones' or 'words'";
        return Err(Fault::new(format!("the {what} has no tier of phones or words")).help(help).at(0));
    }
    add_lines(&mut timeline, lines);
    Ok((timeline, warnings))
}

fn add_lines(timeline: &mut Timeline, lines: Vec<(usize, Vec<Interval>)>) {
    for (index, intervals) in lines {
        let Some(speaker) = timeline.speakers.get_mut(index) else { continue };
        let says = speaker.words.is_empty();
        for (start, end, label) in intervals.into_iter().filter(|(_, _, label)| is_word(label)) {
            let text = label.trim().to_owned();
            if says {
                speaker.words.extend(words_of_line(&text, "", start, end));
            }
            timeline.captions.push(Caption { language: String::new(), start, end, text });
        }
    }
}

fn fill(speaker: &mut Speaker, kind: Kind, intervals: Vec<Interval>) {
    match kind {
        Kind::Phones => speaker.phones = phones(intervals),
        Kind::Words => speaker.words = words(intervals),
        Kind::Visemes => {
            for (start, end, label) in intervals {
                let viseme = Viseme::from_name(label.trim()).filter(|viseme| *viseme != Viseme::Sil);
                speaker.visemes.extend(viseme.map(|viseme| TimedViseme { start, end, viseme, weight: 1.0 }));
            }
        }
        Kind::Lines | Kind::Other => {}
    }
}

/// The phones of labels in whichever alphabet they are written; silences are left out.
pub(super) fn phones(intervals: Vec<Interval>) -> Vec<TimedPhone> {
    let alphabet = Alphabet::of(intervals.iter().map(|(_, _, label)| label.as_str()));
    let spoken = intervals.into_iter().filter(|(_, _, label)| !is_silence(label));
    spoken.map(|(start, end, label)| alphabet.read(&label).timed(start, end, 1.0)).collect()
}

/// The words of labels; silences and noises are left out.
pub(super) fn words(intervals: Vec<Interval>) -> Vec<Word> {
    let spoken = intervals.into_iter().filter(|(_, _, label)| is_word(label));
    spoken
        .map(|(start, end, label)| Word {
            start,
            end,
            text: label.trim().to_owned(),
            language: String::new(),
        })
        .collect()
}
