//! One recording and the whole script that is spoken in it: the timeline of both.
//!
//! Pure: the alignment and the prosody are handed in.

use super::align::Alignment;
use super::assemble::place_marks;
use super::phrase::phrases_of;
use super::sound::FLOOR_DB;
use super::utterance::Utterance;
use super::words::place_words;
use crate::script::caption::split;
use crate::script::timeline::{AudioClip, Prosody, Speaker, TimedPhone, Timeline, Word};
use crate::script::words;
use crate::script::written::{Line, Script};
use crate::time::Time;

/// Prosody is kept this far around a speaker's own phones where there are several speakers.
const AROUND: Time = Time::from_millis(200);

/// A sound file of which the phones are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recording {
    /// The file, as the timeline names it.
    pub file: String,
    /// How long it is.
    pub duration: Time,
    /// Its loudness and pitch.
    pub prosody: Prosody,
}

/// The words of a script's lines, in order, as the alignment counts them: for each its line and its text.
pub fn words_of(script: &Script) -> Vec<(usize, &str)> {
    let of_line = |(index, line): (usize, &'_ Line)| -> Vec<(usize, std::ops::Range<usize>)> {
        words::split(&line.spoken).into_iter().map(|range| (index, range)).collect()
    };
    let text = |(index, range): (usize, std::ops::Range<usize>)| {
        Some((index, script.lines.get(index)?.spoken.get(range)?))
    };
    script.lines.iter().enumerate().flat_map(of_line).filter_map(text).collect()
}

/// The timeline of a recording in which all of `script` is spoken. The words of `alignment` are those of [`words_of`].
pub fn timeline_of(script: &Script, alignment: &Alignment, recording: Recording) -> Timeline {
    let mut timeline = script.begin_timeline();
    timeline.duration = recording.duration;
    let texts = words_of(script);
    let all = all_words(script, &texts, alignment, recording.duration);
    let speaker_of = |word: usize| {
        texts.get(word).and_then(|(line, _)| script.lines.get(*line)).map_or(0, |line| line.speaker)
    };
    let mut last = 0;
    for (phone, word) in alignment.phones.iter().zip(&alignment.word_of_phone) {
        last = word.map_or(last, speaker_of);
        if let Some(speaker) = timeline.speakers.get_mut(last) {
            speaker.phones.push(phone.clone());
        }
    }
    for (index, (word, aligned)) in all.iter().zip(&alignment.words).enumerate() {
        let is_said = aligned.is_heard && word.end > word.start;
        if let Some(speaker) = timeline.speakers.get_mut(speaker_of(index)).filter(|_| is_said) {
            speaker.words.push(word.clone());
        }
    }
    add_lines(script, &texts, &all, &recording.prosody, &mut timeline);
    let is_alone = timeline.speakers.len() == 1;
    for speaker in &mut timeline.speakers {
        let prosody = &recording.prosody;
        speaker.prosody = Some(if is_alone { prosody.clone() } else { own(prosody, &speaker.phones) });
        speaker.marks.sort_by_key(|mark| mark.time);
    }
    let clip = AudioClip {
        speaker: timeline.speakers.first().filter(|_| is_alone).map(|speaker| speaker.id.clone()),
        file: recording.file,
        ..AudioClip::default()
    };
    timeline.audio.insert(0, clip);
    timeline.cues.sort_by_key(|cue| cue.time);
    timeline
}

/// The timeline of a recording of which only the sound is known.
pub fn timeline_of_sound(speaker: &str, phones: Vec<TimedPhone>, recording: Recording) -> Timeline {
    let id = speaker.to_owned();
    let spoken = Utterance { phones, ..Utterance::default() };
    let phrases = phrases_of(&spoken, "", &recording.prosody);
    Timeline {
        duration: recording.duration,
        audio: vec![AudioClip { speaker: Some(id.clone()), file: recording.file, ..AudioClip::default() }],
        speakers: vec![Speaker {
            id,
            phones: spoken.phones,
            phrases,
            prosody: Some(recording.prosody),
            ..Speaker::default()
        }],
        ..Timeline::default()
    }
}

/// Every word with a time: one that nobody says shares its neighbour's.
fn all_words(script: &Script, texts: &[(usize, &str)], alignment: &Alignment, duration: Time) -> Vec<Word> {
    let owners: Vec<usize> = alignment.word_of_phone.iter().map(|word| word.unwrap_or(usize::MAX)).collect();
    let plain: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    let mut all = place_words(&plain, "", &alignment.phones, &owners, Time::ZERO..duration);
    for (word, (line, _)) in all.iter_mut().zip(texts) {
        if let Some(line) = script.lines.get(*line) {
            word.language.clone_from(&line.language);
        }
    }
    all
}

/// Marks, captions and phrases of every line, by the times of its words.
fn add_lines(
    script: &Script,
    texts: &[(usize, &str)],
    all: &[Word],
    prosody: &Prosody,
    timeline: &mut Timeline,
) {
    let mut first = 0;
    let mut end = Time::ZERO;
    for (index, line) in script.lines.iter().enumerate() {
        let count = texts.iter().skip(first).take_while(|(of, _)| *of == index).count();
        let words = all.get(first..first + count).unwrap_or_default();
        first += count;
        let start = words.first().map_or(end, |word| word.start);
        end = words.last().map_or(end, |word| word.end);
        let until = all.get(first).map_or(timeline.duration, |word| word.start).max(end);
        let speaker = timeline.speakers.get(line.speaker);
        let phones = speaker.map(|speaker| speaker.phones.as_slice()).unwrap_or_default();
        let inside = |phone: &&TimedPhone| phone.start >= start && phone.end <= end;
        let phones = phones.iter().filter(inside).cloned().collect();
        let spoken = Utterance { phones, words: words.to_vec(), ..Utterance::default() };
        place_marks(line, &spoken, start..end, timeline);
        if let Some(speaker) = timeline.speakers.get_mut(line.speaker) {
            speaker.phrases.extend(phrases_of(&spoken, &line.spoken, prosody));
        }
        let shown = split(&line.displayed, &line.language, words, start, until);
        timeline.captions.extend(shown.into_iter().filter(|caption| caption.end > caption.start));
    }
}

/// What of the prosody lies around the phones; silence elsewhere.
fn own(prosody: &Prosody, phones: &[TimedPhone]) -> Prosody {
    let mut is_own = vec![false; prosody.loudness_db.len()];
    let step = |time: Time| (time.max(Time::ZERO).as_millis_f64() / 10.0) as usize;
    for phone in phones {
        let end = step(phone.end + AROUND).min(is_own.len());
        is_own.get_mut(step(phone.start - AROUND).min(end)..end).unwrap_or_default().fill(true);
    }
    let kept = |values: &[f32], rest: f32| -> Vec<f32> {
        values.iter().zip(&is_own).map(|(value, own)| if *own { *value } else { rest }).collect()
    };
    Prosody { loudness_db: kept(&prosody.loudness_db, FLOOR_DB), pitch_hz: kept(&prosody.pitch_hz, 0.0) }
}
