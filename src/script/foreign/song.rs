//! Notes with their syllables → words, lines, melody and beat of a song.
//!
//! It knows no file format, and not what a word sounds like.

use super::{Melody, Note, ReadSong, sound, warning};
use crate::script::document::Fault;
use crate::script::timeline::{AudioRole, Caption, Mark, Phrase, Prosody, Speaker, Timeline, Word};
use crate::script::words::split;
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;

/// A note and what is sung on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Syllable {
    pub(super) start: Time,
    pub(super) end: Time,
    /// 0 where it is spoken.
    pub(super) pitch_hz: f32,
    /// With the spaces that part it from its neighbours; without a letter, the one before it is held.
    pub(super) text: String,
    /// Byte offset of its row.
    pub(super) at: usize,
    /// It begins a line.
    pub(super) is_new_line: bool,
}

impl Syllable {
    fn is_held(&self) -> bool {
        !self.text.contains(char::is_alphanumeric)
    }
}

/// All that a file says of a song.
pub(super) struct Song {
    /// By the names of those who sing; an empty one is not said.
    pub(super) voices: Vec<(String, Vec<Syllable>)>,
    pub(super) language: String,
    pub(super) bpm: f64,
    pub(super) first_beat: Time,
    pub(super) sound: String,
}

/// Files count the tempo two or four times too high; music is danced to within these.
const SLOWEST_BPM: f64 = 60.0;
const FASTEST_BPM: f64 = 160.0;
/// A melody is stated every 10 ms; one of a longer song is not.
const LONGEST_PROSODY: Time = Time::from_millis(20 * 60_000);
const STEP_NANOS: i64 = 10_000_000;
/// How loud singing is taken to be, and silence.
const SUNG_DB: f32 = -20.0;
const SILENT_DB: f32 = -60.0;
/// Of notes that are out of order, those that are told.
const MOST_TOLD: usize = 10;

/// Languages as songs name them.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("japanese", "ja"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("polish", "pl"),
    ("dutch", "nl"),
    ("swedish", "sv"),
    ("finnish", "fi"),
    ("russian", "ru"),
    ("korean", "ko"),
];

/// The tag of a language's name, or of the first of several; empty where it is not known.
pub(super) fn language_tag(name: &str) -> &'static str {
    let first = name.split([',', ';', '(']).next().unwrap_or_default().trim().to_lowercase();
    LANGUAGES.iter().find(|(known, _)| *known == first).map_or("", |(_, tag)| tag)
}

/// The timeline of a song, and its notes.
pub(super) fn timeline_of(song: Song, mut told: Vec<Fault>) -> ReadSong {
    let Song { voices, language, bpm, first_beat, sound: file } = song;
    let mut timeline = Timeline::default();
    let mut melody = Melody::default();
    let alone = voices.len() == 1;
    for (place, (name, mut notes)) in voices.into_iter().enumerate() {
        told.extend(put_in_order(&mut notes));
        let id = match name.trim() {
            "" if alone => DEFAULT_SPEAKER.to_owned(),
            "" => format!("singer {}", place + 1),
            name if timeline.speakers.iter().any(|known| known.id == name) => format!("{name} {}", place + 1),
            name => name.to_owned(),
        };
        let mut speaker = Speaker { id: id.clone(), prosody: prosody_of(&notes), ..Speaker::default() };
        for line in notes.chunk_by(|_, next| !next.is_new_line) {
            add_line(line, &language, &mut speaker, &mut timeline.captions);
        }
        let starts: Vec<Time> = speaker.phrases.iter().map(|phrase| phrase.start).collect();
        for (phrase, next) in speaker.phrases.iter_mut().zip(starts.iter().skip(1)) {
            phrase.end = phrase.end.min(*next);
        }
        speaker.phrases.retain(|phrase| phrase.end > phrase.start);
        timeline.speakers.push(speaker);
        melody.voices.push((id, notes.iter().map(note_of).collect()));
    }
    timeline.cues.push(beat_of(bpm, first_beat));
    timeline.duration =
        timeline.duration.max(timeline.cues.iter().map(|cue| cue.time).fold(Time::ZERO, Time::max));
    told.extend(sound::add_sound(&mut timeline, &file));
    for clip in &mut timeline.audio {
        clip.role = AudioRole::Music;
        clip.speaker = None;
    }
    Ok((timeline, told, melody))
}

fn note_of(syllable: &Syllable) -> Note {
    Note { start: syllable.start, end: syllable.end, is_held: syllable.is_held() }
}

/// Sorts notes by time and ends each where the next begins; what was not so is told at its row.
fn put_in_order(notes: &mut Vec<Syllable>) -> Vec<Fault> {
    let late = notes.windows(2).filter_map(|pair| {
        let [before, note] = pair else { return None };
        let message = "this note begins before the one ahead of it; it was put in its place by time";
        (note.start < before.start).then(|| warning(message).at(note.at))
    });
    let mut told: Vec<Fault> = late.collect();
    notes.sort_by_key(|note| note.start);
    notes.dedup_by(|note, before| {
        let together = note.start == before.start;
        if together {
            before.text.push_str(&note.text);
            before.end = before.end.max(note.end);
            told.push(warning("this note begins with the one ahead of it; both are sung as one").at(note.at));
        }
        together
    });
    told.truncate(MOST_TOLD);
    let mut next: Option<Time> = None;
    for note in notes.iter_mut().rev() {
        if let Some(next) = next.filter(|next| *next < note.end) {
            note.end = next;
            if told.len() < 2 * MOST_TOLD {
                let message = "this note lasts into the next one; it was made to end where that begins";
                told.push(warning(message).at(note.at));
            }
        }
        next = Some(note.start);
    }
    told
}

/// The words, the caption and the phrase of a line.
fn add_line(line: &[Syllable], language: &str, speaker: &mut Speaker, captions: &mut Vec<Caption>) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let mut text = String::new();
    // For each letter that counts: where it stands, and on which note.
    let mut letters: Vec<(usize, usize)> = Vec::new();
    for (place, syllable) in line.iter().enumerate() {
        for c in syllable.text.chars().filter(|c| *c != '~') {
            if !c.is_whitespace() {
                if c.is_alphanumeric() {
                    letters.push((text.len(), place));
                }
                text.push(c);
            } else if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
    }
    for range in split(&text) {
        let from = letters.partition_point(|(at, _)| *at < range.start);
        let until = letters.partition_point(|(at, _)| *at < range.end);
        let (Some(start), Some(end)) = (moment(line, &letters, from), ending(line, &letters, until)) else {
            continue;
        };
        let text = text.get(range).unwrap_or_default().to_owned();
        speaker.words.push(Word { start, end, text, language: language.to_owned() });
    }
    speaker.phrases.push(Phrase { start: first.start, end: last.end, boundary: None });
    let text = text.trim().to_owned();
    if !text.is_empty() {
        captions.push(Caption { language: language.to_owned(), start: first.start, end: last.end, text });
    }
}

/// When a letter begins: with its note where it is the note's first, else in proportion.
fn moment(line: &[Syllable], letters: &[(usize, usize)], index: usize) -> Option<Time> {
    let (_, place) = *letters.get(index)?;
    let note = line.get(place)?;
    let before = letters.iter().take(index).rev().take_while(|(_, other)| *other == place).count();
    let after = letters.iter().skip(index).take_while(|(_, other)| *other == place).count();
    let nanos = (note.end - note.start).as_nanos() as i128 * before as i128 / (before + after).max(1) as i128;
    Some(note.start + Time::from_nanos(nanos as i64))
}

/// When what ends before letter `index` ends: where that letter begins on the same note, else with the last of its notes that are
/// held.
fn ending(line: &[Syllable], letters: &[(usize, usize)], index: usize) -> Option<Time> {
    let (_, place) = *letters.get(index.checked_sub(1)?)?;
    if letters.get(index).is_some_and(|(_, next)| *next == place) {
        return moment(line, letters, index);
    }
    let held = line.iter().skip(place + 1).take_while(|note| note.is_held()).count();
    line.get(place + held).map(|note| note.end)
}

fn prosody_of(notes: &[Syllable]) -> Option<Prosody> {
    let end = notes.iter().map(|note| note.end).max().filter(|end| *end <= LONGEST_PROSODY)?;
    let step = |time: Time| usize::try_from(time.as_nanos() / STEP_NANOS).unwrap_or_default();
    let mut prosody = Prosody { loudness_db: vec![SILENT_DB; step(end)], pitch_hz: vec![0.0; step(end)] };
    for note in notes {
        let span = step(note.start)..step(note.end);
        if let (Some(loud), Some(pitch)) =
            (prosody.loudness_db.get_mut(span.clone()), prosody.pitch_hz.get_mut(span))
        {
            loud.fill(SUNG_DB);
            pitch.fill(note.pitch_hz);
        }
    }
    Some(prosody)
}

/// The beat from the start on, so that one falls on the file's first.
fn beat_of(bpm: f64, first: Time) -> Mark {
    let mut danced = bpm;
    while danced > FASTEST_BPM {
        danced /= 2.0;
    }
    while danced < SLOWEST_BPM {
        danced *= 2.0;
    }
    let period = 60.0 / danced;
    let secs = first.as_secs_f64();
    let time = Time::from_secs_f64((secs - (secs / period).floor() * period).max(0.0));
    let shown = format!("{danced:.4}");
    let shown = shown.trim_end_matches('0').trim_end_matches('.').to_owned();
    Mark { time, end: None, name: crate::script::mark::BEAT.to_owned(), args: vec![shown] }
}
