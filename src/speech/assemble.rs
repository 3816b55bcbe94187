//! The spoken lines of a script, one after the other: the timeline and the sound of its voices.
//!
//! Pure: what was synthesised or decoded is handed in.

use super::phrase::phrases_of;
use super::prosody::prosody_of;
use super::sound::Sound;
use super::stress::fill_stress;
use super::utterance::Utterance;
use crate::script::caption::split;
use crate::script::mark::Scope;
use crate::script::timeline::{AudioClip, AudioRole, Caption, Mark, Prosody, Speaker, Timeline};
use crate::script::words;
use crate::script::written::{Line, Script};
use crate::time::Time;

/// Silence before the first line: the mouth opens before the sound.
pub const LEAD_IN: Time = Time::from_millis(300);
/// Silence after the last line: the face comes to rest.
pub const LEAD_OUT: Time = Time::from_millis(700);

/// A line as it sounds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpokenLine {
    /// Sound, phones and words, from the line's start; the words are those of the spoken text, in order.
    pub utterance: Utterance,
    /// The recorded file, relative to the script's; `None` where a voice was synthesised.
    pub file: Option<String>,
    /// What a timing file says of the whole stage, from the line's start: the beat of a song.
    pub cues: Vec<Mark>,
    /// The lines of a song of which the script does not say the text, from the line's start.
    pub captions: Vec<Caption>,
    /// The melody of a song, from the line's start: its sound is not the voice alone. `None` is measured.
    pub prosody: Option<Prosody>,
}

/// Places the lines one after the other with their gaps, with marks, captions, stress, phrases and prosody. `lines` are those of
/// `script`, in order. Synthesised voices are mixed into the returned sound (at the highest of their rates, empty
/// where there is none), which the timeline calls `voice_file`.
pub fn assemble(script: &Script, lines: Vec<SpokenLine>, voice_file: &str) -> (Timeline, Sound) {
    let mut timeline = script.begin_timeline();
    let synthesised = lines.iter().filter(|line| line.file.is_none());
    let rate = synthesised.map(|line| line.utterance.sound.rate).max().unwrap_or_default();
    let mut voices = Sound { samples: Vec::new(), rate };
    let mut clips: Vec<AudioClip> = Vec::new();
    let mut start = LEAD_IN;
    let mut end = LEAD_IN;
    for (line, spoken) in script.lines.iter().zip(lines) {
        let mut utterance = spoken.utterance;
        end = start + utterance.sound.duration();
        let id = script.speakers.get(line.speaker).map(|speaker| speaker.id.clone());
        match spoken.file {
            Some(file) => clips.push(AudioClip { speaker: id, start, file, ..AudioClip::default() }),
            None if end <= start => {}
            None => {
                voices.mix_in(&utterance.sound.resampled(rate), start);
                extend_voice(&mut clips, id, voice_file, start, end);
            }
        }
        fill_stress(&mut utterance, &line.spoken, &line.language);
        let measured = spoken.prosody.unwrap_or_else(|| prosody_of(&utterance.sound));
        let mut phrases = phrases_of(&utterance, &line.spoken, &measured);
        for phrase in &mut phrases {
            phrase.start += start;
            phrase.end += start;
        }
        utterance.shift(start);
        place_marks(line, &utterance, start..end, &mut timeline);
        let shown = split(&line.displayed, &line.language, &utterance.words, start, end + line.gap_after);
        timeline.captions.extend(shown);
        timeline.cues.extend(spoken.cues.into_iter().map(|cue| Mark {
            time: cue.time + start,
            end: cue.end.map(|end| end + start),
            ..cue
        }));
        timeline.captions.extend(spoken.captions.into_iter().map(|caption| Caption {
            start: caption.start + start,
            end: caption.end + start,
            language: line.language.clone(),
            ..caption
        }));
        if let Some(speaker) = timeline.speakers.get_mut(line.speaker) {
            add_prosody(speaker, measured, start);
            speaker.phrases.append(&mut phrases);
            speaker.phones.append(&mut utterance.phones);
            speaker.visemes.append(&mut utterance.visemes);
            speaker.channels.append(&mut utterance.channels);
            speaker.words.append(&mut utterance.words);
        }
        start = end + line.gap_after;
    }
    // Music that is told when to end is heard to its end.
    let sounds = timeline.audio.iter().filter_map(|clip| Some(clip.start + (clip.file_out? - clip.file_in)));
    timeline.duration = sounds.fold(end + LEAD_OUT, Time::max);
    if !voices.samples.is_empty() {
        voices.samples.resize(timeline.duration.to_samples(rate) as usize, 0.0);
    }
    clips.append(&mut timeline.audio);
    timeline.audio = clips;
    timeline.cues.sort_by_key(|cue| cue.time);
    (timeline, voices)
}

/// Voices of one speaker that follow one another are one clip; the file's time is the speech's.
fn extend_voice(clips: &mut Vec<AudioClip>, speaker: Option<String>, file: &str, start: Time, end: Time) {
    match clips.last_mut() {
        Some(clip) if clip.file == file && clip.speaker == speaker => clip.file_out = Some(end),
        _ => clips.push(AudioClip {
            role: AudioRole::Speech,
            speaker,
            start,
            file_in: start,
            file_out: Some(end),
            file: file.to_owned(),
            ..AudioClip::default()
        }),
    }
}

/// A mark stands where its word begins; one after the last word where the line ends.
pub(super) fn place_marks(
    line: &Line,
    utterance: &Utterance,
    range: std::ops::Range<Time>,
    timeline: &mut Timeline,
) {
    let texts = words::split(&line.spoken);
    for mark in &line.marks {
        // What encloses words ends with the last of them.
        let last = mark.until.map(|until| texts.partition_point(|word| word.start < until));
        let last = last.and_then(|after| utterance.words.get(after.checked_sub(1)?));
        let time = match utterance.words.get(mark.word) {
            Some(_) if mark.word == 0 => range.start,
            Some(word) => word.start,
            None => range.end,
        };
        let end = last.map(|word| word.end.max(time));
        let placed = Mark { time, end, name: mark.name.clone(), args: mark.args.clone() };
        match mark.scope {
            Scope::Speaker => {
                if let Some(speaker) = timeline.speakers.get_mut(line.speaker) {
                    speaker.marks.push(placed);
                }
            }
            Scope::Stage => timeline.cues.push(placed),
            Scope::Timing => {}
        }
    }
}

fn add_prosody(speaker: &mut Speaker, measured: Prosody, start: Time) {
    let prosody = speaker.prosody.get_or_insert_with(Prosody::default);
    let first = (start.as_millis_f64() / 10.0).round() as usize;
    if prosody.loudness_db.len() < first {
        prosody.loudness_db.resize(first, super::sound::FLOOR_DB);
        prosody.pitch_hz.resize(first, 0.0);
    }
    prosody.loudness_db.truncate(first);
    prosody.pitch_hz.truncate(first);
    prosody.loudness_db.extend(measured.loudness_db);
    prosody.pitch_hz.extend(measured.pitch_hz);
}
