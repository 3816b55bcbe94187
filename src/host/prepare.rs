//! A script made into a timeline with its sound: every line spoken or decoded, then put together.
//!
//! It decides which program speaks what; times come from `speech`.

use super::align::align_line;
use super::folder::FolderSource;
use super::voice::{self, Engine, Studio};
use super::{Cache, Config, HostError, cache, sound_file};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::foreign::{self, Format};
use crate::script::timeline::{Mark, Speaker};
use crate::script::written::{Line, Located, Script};
use crate::script::{Timeline, words};
use crate::source::Source;
use crate::speech::{Passage, Sound, SpokenLine, Utterance, assemble, join, passages, place_words};
use crate::time::Time;

/// Silence between two sentences of a line.
const SENTENCE_GAP: Time = Time::from_millis(220);
/// Samples a second of the silence in which somebody sings without a sound of their own.
const SILENT_RATE: u32 = 8000;
/// What a job is told while voices speak: mostly other programs work then.
pub const SPEAKING: &str = "speaking";
/// Changes whenever the same script would be made into something else.
const MAKE: &[u8] = b"rhetor prepare 8";

/// A script with times.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// Its timeline; synthesised voices lie in the file named on preparing.
    pub timeline: Timeline,
    /// The synthesised voices; empty where every line has its own file.
    pub voices: Sound,
    /// What could not be done as written.
    pub warnings: Vec<Diagnostic>,
}

/// Speaks or decodes every line. `source` holds the files that the script names; the timeline calls the
/// synthesised voices `voice_file`. Sentences that `cache` holds are not spoken again.
///
/// # Errors
/// A voice or file that is not there, a program that is not installed or fails, a cancelled job.
pub fn prepare(
    script: &Script,
    source: &FolderSource,
    config: &Config,
    cache: Option<&Cache>,
    voice_file: &str,
    job: &Job<'_>,
) -> Result<Prepared, HostError> {
    let mut warnings = Vec::new();
    let mut stage = Stage { studio: Studio::open(job)?, config, cache, count: Count::new(script, job) };
    let mut lines = Vec::with_capacity(script.lines.len());
    for line in &script.lines {
        let (audio, timing) = (line.audio.as_ref(), line.timing.as_ref());
        lines.push(match (audio, timing) {
            (Some(audio), _) => {
                stage.count.next()?;
                recorded(script, line, Some(audio), source, &mut warnings, job)?
            }
            (None, Some(timing)) => {
                stage.count.next()?;
                let music = music_of(script, timing, source)?;
                recorded(script, line, music.as_ref(), source, &mut warnings, job)?
            }
            (None, None) => spoken(script, line, &mut stage, &mut warnings)?,
        });
    }
    stage.count.next()?;
    let (timeline, voices) = assemble(script, lines, voice_file);
    let of_script = |d| Diagnostic { source_name: script.source_name.clone(), ..d };
    match timeline.validate() {
        Ok(heard) => warnings.extend(heard.into_iter().map(of_script)),
        Err(wrong) => return Err(wrong.into_iter().map(of_script).collect::<Vec<_>>().into()),
    }
    Ok(Prepared { timeline, voices, warnings })
}

/// The name under which a prepared script is kept: a hash of all that its result depends on.
pub(super) fn key(
    script: &Script,
    text: &str,
    source: &FolderSource,
    config: &Config,
) -> Result<String, HostError> {
    let mut parts: Vec<Vec<u8>> = vec![MAKE.to_vec(), text.as_bytes().to_vec()];
    for line in &script.lines {
        match (&line.audio, &line.timing) {
            (Some(audio), _) => parts.push(read(script, audio, source)?),
            (None, Some(timing)) => {
                if let Some(music) = music_of(script, timing, source)? {
                    parts.push(read(script, &music, source)?);
                }
            }
            (None, None) => parts.push(engine_of(script, line, config)?.fingerprint().into_bytes()),
        }
        if let Some(timing) = &line.timing {
            parts.push(read(script, timing, source)?);
        }
    }
    if let Some((_, lexicon)) = super::pronounce::user_lexicon_text()? {
        parts.push(lexicon.into_bytes());
    }
    Ok(cache::key_of(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

fn engine_of(script: &Script, line: &Line, config: &Config) -> Result<Box<dyn Engine>, HostError> {
    let name = line.voice.as_ref().map(|voice| voice.value.as_str());
    let position = line.voice.as_ref().map_or(line.position, |voice| voice.position);
    voice::choose(name, &line.language, config).map_err(|message| {
        let help = "voices of your own stand in the user configuration";
        script.error_at(position, message).help(help).into()
    })
}

/// What lines are spoken with.
struct Stage<'a> {
    studio: Studio<'a>,
    config: &'a Config,
    cache: Option<&'a Cache>,
    count: Count<'a>,
}

/// Tells a job how many sentences and recordings are done.
struct Count<'a> {
    job: &'a Job<'a>,
    done: u64,
    total: u64,
}

impl<'a> Count<'a> {
    fn new(script: &Script, job: &'a Job<'a>) -> Self {
        let spoken = |line: &Line| line.pieces().into_iter().map(|p| passages(line, p.text).len()).sum();
        let of = |line: &Line| if line.audio.is_some() || line.timing.is_some() { 1 } else { spoken(line) };
        Self { job, done: 0, total: script.lines.iter().map(of).sum::<usize>() as u64 }
    }

    /// The next one begins, or all are done.
    fn next(&mut self) -> Result<(), HostError> {
        self.job.report(SPEAKING, self.done, self.total)?;
        self.done += 1;
        Ok(())
    }
}

fn spoken(
    script: &Script,
    line: &Line,
    stage: &mut Stage<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<SpokenLine, HostError> {
    let engine = engine_of(script, line, stage.config)?;
    let mut parts = Vec::new();
    let mut said: Vec<Passage> = Vec::new();
    let mut gap = Time::ZERO;
    for piece in line.pieces() {
        for passage in passages(line, piece.text.clone()) {
            stage.count.next()?;
            tell(script, line, engine.shortfalls(&passage), warnings);
            let utterance = voice::speak(engine.as_ref(), &passage, &stage.studio, stage.cache)?;
            if utterance.phones.is_empty() && !utterance.words.is_empty() {
                let message = format!("nobody here can read '{}': the lips stay closed", line.language);
                let help = "install espeak-ng, which reads most languages: apt install espeak-ng";
                tell(script, line, vec![Diagnostic::warning("", message).help(help)], warnings);
            }
            parts.push((gap, utterance.trimmed()));
            said.push(passage);
            gap = SENTENCE_GAP;
        }
        // A pause that is asked for stands in place of the one between sentences.
        if piece.pause_after > Time::ZERO {
            let waited = if gap == SENTENCE_GAP { Time::ZERO } else { gap };
            gap = waited + piece.pause_after;
        }
    }
    let mut utterance = join(parts);
    if utterance.words.len() != words::split(&line.spoken).len() {
        let message = "the voice and the text do not have the same words";
        return Err(script.error_at(line.position, message).into());
    }
    if gap > SENTENCE_GAP {
        let silence = Sound::silence(gap, utterance.sound.rate);
        let end = utterance.sound.duration();
        utterance.sound.mix_in(&silence, end);
    }
    utterance.sound = utterance.sound.levelled();
    let mut words = utterance.words.iter();
    for passage in &said {
        let spans: Vec<_> = words.by_ref().take(passage.words().len()).map(|w| w.start..w.end).collect();
        passage.set_volumes(&spans, &mut utterance.sound);
    }
    Ok(SpokenLine { utterance, ..SpokenLine::default() })
}

/// Adds warnings about a line, each once in a script.
fn tell(script: &Script, line: &Line, found: Vec<Diagnostic>, warnings: &mut Vec<Diagnostic>) {
    for warning in found {
        if !warnings.iter().any(|known| known.message == warning.message) {
            let source_name = script.source_name.clone();
            warnings.push(Diagnostic { source_name, ..warning.at_position(line.position) });
        }
    }
}

/// The sound that a song names, of a line that has none of its own; a song without one is sung in silence, or to the script's
/// music.
fn music_of(
    script: &Script,
    timing: &Located<String>,
    source: &FolderSource,
) -> Result<Option<Located<String>>, HostError> {
    let bytes = read(script, timing, source)?;
    if !foreign::detect(&bytes, &timing.value).is_some_and(Format::is_song) {
        let error = script.error_at(timing.position, "a timing needs the sound that it times");
        return Err(error.help("add 'audio'; only songs are sung without one").into());
    }
    let (timeline, _) = foreign::to_timeline(&bytes, &timing.value).map_err(HostError::from)?;
    let music = timeline.audio.into_iter().next();
    Ok(music.map(|clip| Located { value: clip.file, position: timing.position }))
}

/// A line with its own sound, and with the times of its timing file where there is one, else those that are heard.
fn recorded(
    script: &Script,
    line: &Line,
    audio: Option<&Located<String>>,
    source: &FolderSource,
    warnings: &mut Vec<Diagnostic>,
    job: &Job<'_>,
) -> Result<SpokenLine, HostError> {
    let mut spoken = SpokenLine { file: audio.map(|audio| audio.value.clone()), ..SpokenLine::default() };
    if let Some(audio) = audio {
        let sound = sound_file::decode(&read(script, audio, source)?, &audio.value);
        spoken.utterance.sound = sound.map_err(|error| located(script, audio, error))?;
    }
    if let Some(timing) = &line.timing {
        add_timing(script, line, timing, source, &mut spoken, warnings, job)?;
    }
    let utterance = &mut spoken.utterance;
    // A recorded face says nothing of words: they are heard.
    let is_timed =
        !utterance.phones.is_empty() || !utterance.visemes.is_empty() || !utterance.words.is_empty();
    if let Some(audio) = audio.filter(|_| !is_timed) {
        let (found, told) = align_line(line, &utterance.sound, job)?;
        let heard = std::mem::take(utterance);
        *utterance = Utterance { sound: heard.sound, channels: heard.channels, ..found };
        warnings.extend(told.into_iter().map(|warning| Diagnostic {
            source_name: script.source_name.clone(),
            message: format!("'{}': {}", audio.value, warning.message),
            ..warning.at_position(audio.position)
        }));
    }
    if utterance.words.is_empty() {
        let texts: Vec<&str> =
            words::split(&line.spoken).into_iter().filter_map(|range| line.spoken.get(range)).collect();
        let mut range = utterance.sound.audible_range();
        // What is sung in silence is heard nowhere.
        if let (Some(first), Some(last)) = (utterance.phones.first(), utterance.phones.last())
            && range.end <= range.start
        {
            range = first.start..last.end;
        }
        utterance.words = place_words(&texts, &line.language, &[], &[], range);
    }
    Ok(spoken)
}

/// A file that the script names, with errors at the place where it does.
fn read(script: &Script, file: &Located<String>, source: &FolderSource) -> Result<Vec<u8>, HostError> {
    source.read(&file.value).map_err(|error| located(script, file, HostError::source("", &error)))
}

fn located<T>(script: &Script, at: &Located<T>, mut error: HostError) -> HostError {
    for diagnostic in &mut error.diagnostics {
        diagnostic.source_name.clone_from(&script.source_name);
        diagnostic.position = Some(at.position);
    }
    error
}

/// Phones, visemes, channels and words of the timing file, as far as they lie in the line's sound.
fn add_timing(
    script: &Script,
    line: &Line,
    timing: &Located<String>,
    source: &FolderSource,
    spoken: &mut SpokenLine,
    warnings: &mut Vec<Diagnostic>,
    job: &Job<'_>,
) -> Result<(), HostError> {
    let bytes = read(script, timing, source)?;
    let is_song = foreign::detect(&bytes, &timing.value).is_some_and(Format::is_song);
    let (timed, heard) = super::speech::timing(&bytes, &timing.value, job)?;
    warnings.extend(heard);
    let has_mouth = |s: &Speaker| !s.phones.is_empty() || !s.visemes.is_empty() || !s.channels.is_empty();
    let mut speakers = timed.speakers;
    let named = script.speakers.get(line.speaker).map(|speaker| speaker.id.as_str());
    // Of several who sing, the one with the speaker's name.
    let place = speakers.iter().position(|s| Some(s.id.as_str()) == named && has_mouth(s));
    let place = place.or_else(|| speakers.iter().position(has_mouth));
    let place = place.or_else(|| speakers.iter().position(|s| !s.words.is_empty()));
    let Some(speaker) = place.map(|place| speakers.swap_remove(place)) else {
        return Err(script.error_at(timing.position, format!("'{}' times nothing", timing.value)).into());
    };
    let SpokenLine { utterance, file, cues, captions, prosody } = spoken;
    if file.is_none() {
        utterance.sound = Sound::silence(timed.duration, SILENT_RATE);
    }
    let end = utterance.sound.duration();
    if is_song {
        *prosody = speaker.prosody.map(|mut melody| {
            let steps = end.to_samples(100) as usize;
            melody.loudness_db.truncate(steps);
            melody.pitch_hz.truncate(steps);
            melody
        });
        // The music is over with the line.
        let of_line = |cue: Mark| Mark { end: Some(cue.end.map_or(end, |until| until.min(end))), ..cue };
        cues.extend(timed.cues.into_iter().filter(|cue| cue.time <= end).map(of_line));
        if line.spoken.is_empty() && line.displayed.is_empty() {
            captions.extend(timed.captions.into_iter().filter(|caption| caption.end <= end));
        }
    }
    utterance.phones = speaker.phones;
    utterance.phones.retain(|phone| phone.end <= end);
    utterance.visemes = speaker.visemes;
    utterance.visemes.retain(|viseme| viseme.end <= end);
    utterance.channels = speaker.channels;
    for track in &mut utterance.channels {
        track.frames.truncate(track.rate.frames_before(end - track.start).saturating_sub(1) as usize);
    }
    utterance.channels.retain(|track| !track.frames.is_empty());
    // Marks count the words of the text, so only a file with the very same words can place them.
    let said = words::split(&line.spoken).len();
    if speaker.words.len() == said || said == 0 && is_song {
        utterance.words = speaker.words;
        utterance.words.retain(|word| word.end <= end);
    } else if is_song {
        let message = format!(
            "the line has {said} words and '{}' {}: captions and marks do not stand where they are sung",
            timing.value,
            speaker.words.len()
        );
        let help = "write the words as the song has them, or leave the text out";
        let warning = Diagnostic::warning(script.source_name.clone(), message).help(help);
        warnings.push(warning.at_position(timing.position));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_paragraph_is_counted_by_its_sentences() {
        let script = Script::from_plain_text("One is here. Two are there. Three are gone.", "a.txt").unwrap();
        let told = Mutex::new(Vec::new());
        let job = Job::watched(|progress| told.lock().unwrap().push((progress.done, progress.total)));
        let mut count = Count::new(&script, &job);
        (0..4).for_each(|_| count.next().unwrap());
        assert_eq!(*told.lock().unwrap(), [(0, 3), (1, 3), (2, 3), (3, 3)]);
        job.cancel_switch().store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(count.next().is_err());
    }
}
