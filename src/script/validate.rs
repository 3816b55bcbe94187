//! What makes a timeline right: order, spans, ranges, names, references, paths.
//!
//! Checked in memory, so that a timeline that was made is held to the same as one that was read.

use std::collections::BTreeSet;

use super::document::suggest;
use super::timeline::{AudioClip, ChannelTrack, Dials, LIGHTS, Mark, Speaker, StageChoice, TONES, Timeline};
use super::{mark, path};
use crate::diagnostic::{Diagnostic, Severity};
use crate::time::Time;
use crate::vocabulary::Phone;

/// The latest time a document may name: ten days.
pub(super) const LATEST: Time = Time::from_millis(864_000_000);

/// Something wrong, at keys and indices each after a `/`, as the timeline's file has them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) pointer: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) severity: Severity,
}

impl Timeline {
    /// Checks all that a timeline must be: times in 0..=`duration` and in order, phones and words that do not overlap,
    /// weights in range, speakers that exist, paths that stay in the folder. Gives the warnings.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the file's keys.
    pub fn validate(&self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let problems = problems(self);
        let wrong = problems.iter().any(|p| p.severity == Severity::Error);
        let diagnostics = problems
            .into_iter()
            .map(|problem| {
                let message = format!("{}: {}", problem.pointer.trim_start_matches('/'), problem.message);
                Diagnostic {
                    help: problem.help,
                    severity: problem.severity,
                    ..Diagnostic::error(String::new(), message)
                }
            })
            .collect();
        if wrong { Err(diagnostics) } else { Ok(diagnostics) }
    }
}

/// All problems of a timeline.
pub(super) fn problems(timeline: &Timeline) -> Vec<Problem> {
    let mut check = Check { found: Vec::new(), duration: timeline.duration };
    if timeline.duration < Time::ZERO || timeline.duration > LATEST {
        check.error("/duration", "the duration is not in 0..=864000 seconds");
    }
    check.stage(&timeline.stage, timeline.dials);
    let mut ids = BTreeSet::new();
    for (index, speaker) in timeline.speakers.iter().enumerate() {
        let at = format!("/speakers/{index}");
        if speaker.id.trim().is_empty() {
            check.error(&format!("{at}/id"), "a speaker has no name");
        } else if !ids.insert(speaker.id.as_str()) {
            check.error(&format!("{at}/id"), &format!("two speakers are called '{}'", speaker.id));
        }
        check.speaker(&at, speaker);
    }
    let ids: Vec<&str> = timeline.speakers.iter().map(|s| s.id.as_str()).collect();
    for (index, clip) in timeline.audio.iter().enumerate() {
        check.clip(&format!("/audio/{index}"), clip, &ids);
    }
    let mut last: Vec<(&str, Time)> = Vec::new();
    for (index, caption) in timeline.captions.iter().enumerate() {
        let at = format!("/captions/{index}");
        check.span(&at, caption.start, caption.end);
        match last.iter_mut().find(|(language, _)| *language == caption.language) {
            Some((_, start)) if caption.start < *start => check.order(&at, "caption"),
            Some((_, start)) => *start = caption.start,
            None => last.push((&caption.language, caption.start)),
        }
    }
    check.marks("/cues", &timeline.cues);
    check.found
}

struct Check {
    found: Vec<Problem>,
    duration: Time,
}

impl Check {
    fn add(&mut self, pointer: &str, message: &str, help: Option<String>, severity: Severity) {
        self.found.push(Problem { pointer: pointer.to_owned(), message: message.to_owned(), help, severity });
    }

    fn error(&mut self, pointer: &str, message: &str) {
        self.add(pointer, message, None, Severity::Error);
    }

    fn order(&mut self, at: &str, what: &str) {
        let message = format!("this {what} begins before the one ahead of it");
        self.add(&format!("{at}/start"), &message, Some("sort by start".to_owned()), Severity::Error);
    }

    fn span(&mut self, at: &str, start: Time, end: Time) {
        if start < Time::ZERO {
            self.error(&format!("{at}/start"), "a time is negative");
        }
        if end <= start {
            self.error(&format!("{at}/end"), "it ends no later than it begins");
        }
        self.within(&format!("{at}/end"), end);
    }

    fn within(&mut self, pointer: &str, time: Time) {
        if time > self.duration {
            let message = format!("it lies after the end of the speech at {} s", self.duration.as_secs_f64());
            self.add(pointer, &message, Some("raise 'duration'".to_owned()), Severity::Error);
        }
    }

    fn unit(&mut self, pointer: &str, value: f32) {
        if !(0.0..=1.0).contains(&value) {
            self.error(pointer, &format!("{value} is not in 0..=1"));
        }
    }

    fn sequence(&mut self, at: &str, what: &str, spans: impl Iterator<Item = (Time, Time)>) {
        let mut before: Option<(Time, Time)> = None;
        for (index, (start, end)) in spans.enumerate() {
            let at = format!("{at}/{index}");
            self.span(&at, start, end);
            match before {
                Some((last, _)) if start < last => self.order(&at, what),
                Some((_, last)) if start < last => {
                    let message = format!("this {what} overlaps the one before it, which ends at {last:?}");
                    self.error(&format!("{at}/start"), &message);
                }
                _ => {}
            }
            before = Some((start, end));
        }
    }

    fn stage(&mut self, stage: &StageChoice, dials: Dials) {
        if stage.camera.as_ref().is_some_and(|camera| camera.trim().is_empty()) {
            self.error("/stage/camera", "the camera has no name");
        }
        if let Some(light) = stage.light.as_deref().filter(|light| !LIGHTS.contains(light)) {
            let help = suggest(light, LIGHTS);
            self.add(
                "/stage/light",
                &format!("no lighting is called '{light}'"),
                Some(help),
                Severity::Error,
            );
        }
        if let Some(tone) = stage.look.tone.as_deref().filter(|tone| !TONES.contains(tone)) {
            let help = suggest(tone, TONES);
            self.add(
                "/stage/tone",
                &format!("no tone mapper is called '{tone}'"),
                Some(help),
                Severity::Error,
            );
        }
        for (name, value, range) in stage.look.numbers() {
            if let Some(value) = value.filter(|value| !range.contains(value)) {
                let (least, most) = range.into_inner();
                self.error(&format!("/stage/{name}"), &format!("{value} is not in {least}..={most}"));
            }
        }
        for (index, value) in stage.backdrop.iter().flatten().enumerate() {
            self.unit(&format!("/stage/backdrop/{index}"), *value);
        }
        if let Some(environment) = stage.environment.as_deref().filter(|name| !LIGHTS.contains(name)) {
            self.file("/stage/environment", environment);
        }
        if let Some(turn) = stage.environment_turn.filter(|turn| !(-360.0..=360.0).contains(turn)) {
            self.error("/stage/environment_turn", &format!("{turn} is not in -360..=360 degrees"));
        }
        for (name, value) in dials.named() {
            if !(0.0..=2.0).contains(&value) {
                self.error(&format!("/dials/{name}"), &format!("{value} is not in 0..=2"));
            }
        }
    }

    fn speaker(&mut self, at: &str, speaker: &Speaker) {
        if let Some(avatar) = &speaker.avatar {
            self.file(&format!("{at}/avatar"), avatar);
        }
        self.sequence(&format!("{at}/phones"), "phone", speaker.phones.iter().map(|p| (p.start, p.end)));
        let mut unknown = BTreeSet::new();
        for (index, phone) in speaker.phones.iter().enumerate() {
            let at = format!("{at}/phones/{index}");
            if phone.stress > 2 {
                self.error(&format!("{at}/stress"), "a stress is 0 (none), 1 (primary) or 2 (secondary)");
            }
            if phone.tone > 5 {
                self.error(&format!("{at}/tone"), "a tone is 1..=5, or 0 for none");
            }
            self.unit(&format!("{at}/confidence"), phone.confidence);
            if Phone::from_ipa(&phone.ipa).is_none() && unknown.insert(&phone.ipa) {
                let message = format!("the phone '{}' is not known; the lips rest in it", phone.ipa);
                self.add(&format!("{at}/ipa"), &message, None, Severity::Warning);
            }
        }
        let mut last = Time::ZERO;
        for (index, viseme) in speaker.visemes.iter().enumerate() {
            let at = format!("{at}/visemes/{index}");
            self.span(&at, viseme.start, viseme.end);
            self.unit(&format!("{at}/weight"), viseme.weight);
            if viseme.start < last {
                self.order(&at, "viseme");
            }
            last = viseme.start;
        }
        let spans = speaker.channels.iter().map(|track| (track.start, track.end()));
        self.sequence(&format!("{at}/channels"), "track", spans);
        for (index, track) in speaker.channels.iter().enumerate() {
            self.channels(&format!("{at}/channels/{index}"), track);
        }
        self.sequence(&format!("{at}/words"), "word", speaker.words.iter().map(|w| (w.start, w.end)));
        self.marks(&format!("{at}/marks"), &speaker.marks);
        let phrases = speaker.phrases.iter().map(|p| (p.start, p.end));
        self.sequence(&format!("{at}/phrases"), "phrase", phrases);
        self.prosody(&format!("{at}/prosody"), speaker);
    }

    fn channels(&mut self, at: &str, track: &ChannelTrack) {
        let mut names = BTreeSet::new();
        for (index, channel) in track.channels.iter().enumerate() {
            if !names.insert(channel) {
                self.error(&format!("{at}/names/{index}"), &format!("the channel '{channel}' stands twice"));
            }
        }
        for (index, frame) in track.frames.iter().enumerate() {
            if frame.len() != track.channels.len() {
                let message = format!("{} weights for {} channels", frame.len(), track.channels.len());
                self.error(&format!("{at}/frames/{index}"), &message);
                break;
            }
            for (place, weight) in frame.iter().enumerate().filter(|(_, w)| !(0.0..=1.0).contains(*w)) {
                self.unit(&format!("{at}/frames/{index}/{place}"), *weight);
            }
        }
    }

    fn prosody(&mut self, at: &str, speaker: &Speaker) {
        let Some(prosody) = &speaker.prosody else { return };
        if prosody.loudness_db.len() != prosody.pitch_hz.len() {
            self.error(at, "loudness and pitch are not equally many");
        }
        let samples = prosody.loudness_db.len().max(prosody.pitch_hz.len());
        let steps = usize::try_from(self.duration.as_nanos() / 10_000_000).unwrap_or_default();
        if samples > steps + 2 {
            self.error(at, "it lies after the end of the speech (one value is 10 ms)");
        }
        if prosody.loudness_db.iter().chain(&prosody.pitch_hz).any(|value| !value.is_finite()) {
            self.error(at, "a value is not a finite number");
        }
        if prosody.pitch_hz.iter().any(|pitch| *pitch < 0.0) {
            self.error(&format!("{at}/pitch_hz"), "a pitch is negative");
        }
    }

    fn marks(&mut self, at: &str, marks: &[Mark]) {
        let mut last = Time::ZERO;
        for (index, mark) in marks.iter().enumerate() {
            let at = format!("{at}/{index}");
            if mark.time < Time::ZERO {
                self.error(&format!("{at}/time"), "a time is negative");
            } else if mark.time < last {
                let help = Some("sort by time".to_owned());
                let message = "this mark stands before the one ahead of it";
                self.add(&format!("{at}/time"), message, help, Severity::Error);
            }
            last = mark.time;
            self.within(&format!("{at}/time"), mark.time);
            if let Some(end) = mark.end {
                if end < mark.time {
                    self.error(&format!("{at}/end"), "it ends before it begins");
                }
                self.within(&format!("{at}/end"), end);
            }
            if mark.name.trim().is_empty() {
                self.error(&format!("{at}/name"), "a mark has no name");
            } else if mark::known(&mark.name).is_none() && !mark.name.starts_with("x-") {
                let names: Vec<&str> = mark::KNOWN.iter().map(|row| row.name).collect();
                let message = format!("the mark '{}' is not known and does nothing", mark.name);
                let help = Some(suggest(&mark.name, &names));
                self.add(&format!("{at}/name"), &message, help, Severity::Warning);
            }
        }
    }

    fn clip(&mut self, at: &str, clip: &AudioClip, speakers: &[&str]) {
        if let Some(speaker) = &clip.speaker
            && !speakers.contains(&speaker.as_str())
        {
            let message = format!("there is no speaker '{speaker}'");
            self.add(&format!("{at}/speaker"), &message, Some(suggest(speaker, speakers)), Severity::Error);
        }
        for (key, time) in [("start", clip.start), ("in", clip.file_in)] {
            if time < Time::ZERO {
                self.error(&format!("{at}/{key}"), "a time is negative");
            }
        }
        self.within(&format!("{at}/start"), clip.start);
        if let Some(out) = clip.file_out {
            if out <= clip.file_in {
                self.error(&format!("{at}/out"), "it ends no later than it begins");
            }
            self.within(&format!("{at}/out"), clip.start + (out - clip.file_in));
        }
        if !(-120.0..=40.0).contains(&clip.gain_db) {
            self.error(&format!("{at}/gain"), &format!("{} is not in -120..=40 decibels", clip.gain_db));
        }
        self.file(&format!("{at}/file"), &clip.file);
        let is_hash =
            |hash: &String| hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if clip.sha256.as_ref().is_some_and(|hash| !is_hash(hash)) {
            self.error(&format!("{at}/sha256"), "a SHA-256 is 64 digits 0-9 a-f");
        }
    }

    fn file(&mut self, pointer: &str, file: &str) {
        if let Err((message, help)) = path::check(file) {
            self.add(pointer, message, Some(help.to_owned()), Severity::Error);
        }
    }
}
