//! What a speaker's mouth does as steps from one shape to the next, for formats that know only that.

use crate::diagnostic::Diagnostic;
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;
use crate::vocabulary::{Phone, Viseme};

/// The share of a diphthong before its glide.
const BEFORE_GLIDE: i64 = 60;

/// A mouth shape of a phone, or of a viseme where a tool gave no phones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) viseme: Viseme,
    /// What of the viseme tools tell apart.
    pub(super) sound: Sound,
}

/// Sounds that other tools draw apart though they are one viseme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    /// The tongue is seen: l and its kin.
    Lateral,
    /// The lips are rounded for a consonant: w.
    Rounded,
    /// It is said by the viseme alone.
    Plain,
    /// A tool gave the viseme and no phone.
    Unknown,
}

/// The shapes of a speaker, in order of start.
pub(super) fn shapes(speaker: &Speaker) -> Vec<Shape> {
    if speaker.phones.is_empty() {
        let shape = |v: &crate::script::timeline::TimedViseme| Shape {
            start: v.start,
            end: v.end,
            viseme: v.viseme,
            sound: Sound::Unknown,
        };
        return speaker.visemes.iter().map(shape).collect();
    }
    let mut shapes = Vec::new();
    for timed in &speaker.phones {
        let Some(phone) = Phone::from_ipa(&timed.ipa) else { continue };
        let sound = match phone.viseme {
            Viseme::Nn if phone.ipa.starts_with(['l', 'ɫ', 'ɭ', 'ʟ']) => Sound::Lateral,
            Viseme::Ou if !phone.is_vowel() => Sound::Rounded,
            _ => Sound::Plain,
        };
        let length = (timed.end - timed.start).as_nanos();
        let middle = match phone.glide {
            Some(_) => timed.start + Time::from_nanos(length / 100 * BEFORE_GLIDE),
            None => timed.end,
        };
        shapes.push(Shape { start: timed.start, end: middle, viseme: phone.viseme, sound });
        if let Some(viseme) = phone.glide {
            shapes.push(Shape { start: middle, end: timed.end, viseme, sound: Sound::Plain });
        }
    }
    shapes
}

/// When each shape begins, as `name` calls them: from zero, rests between, no two alike after one another, the last a rest
/// at the end of the speech.
pub(super) fn steps<T: PartialEq + Copy>(
    speaker: &Speaker,
    duration: Time,
    rest: T,
    name: impl Fn(Shape) -> T,
) -> Vec<(Time, T)> {
    let mut rows: Vec<(Time, T)> = vec![(Time::ZERO, rest)];
    let mut last_end = Time::ZERO;
    for shape in shapes(speaker) {
        // An overlapped shape gives way to the later one.
        if shape.start > last_end {
            rows.push((last_end, rest));
        }
        rows.push((shape.start, name(shape)));
        last_end = shape.end.max(last_end);
    }
    rows.push((last_end, rest));
    rows.push((duration, rest));
    rows.sort_by_key(|(start, _)| *start);
    let mut steps: Vec<(Time, T)> = Vec::new();
    for (index, (start, name)) in rows.iter().enumerate() {
        let hidden = rows.get(index + 1).is_some_and(|(next, _)| next == start);
        let last = index + 1 == rows.len();
        if !hidden && (steps.last().is_none_or(|(_, before)| before != name) || last) {
            steps.push((*start, *name));
        }
    }
    steps
}

/// The one speaker whom `has` finds something of, in a format that holds only one.
///
/// # Errors
/// There is none, or more than one; `what` says what is missing.
pub(super) fn only_speaker<'t>(
    timeline: &'t Timeline,
    what: &str,
    has: impl Fn(&Speaker) -> bool,
) -> Result<&'t Speaker, Diagnostic> {
    let mut all = timeline.speakers.iter().filter(|speaker| has(speaker));
    let speaker = all.next().ok_or_else(|| Diagnostic::error("", format!("the timeline has no {what}")))?;
    match all.next() {
        Some(other) => {
            let message =
                format!("the format holds one speaker; here speak '{}' and '{}'", speaker.id, other.id);
            Err(Diagnostic::error("", message).help("write a .TextGrid, which holds all"))
        }
        None => Ok(speaker),
    }
}

/// Whether a speaker's mouth moves.
pub(super) fn has_shapes(speaker: &Speaker) -> bool {
    !speaker.phones.is_empty() || !speaker.visemes.is_empty()
}
