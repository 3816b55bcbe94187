//! A recording and its text, or a recording alone, made into a timeline.
//!
//! It reads the files and says in words where the two differ; the search is `speech`'s.

use std::path::{Path, PathBuf};

use super::cache::unwritable;
use super::folder::read_named;
use super::pronounce::Pronouncer;
use super::recording::{Heard, hear_file, hear_sound};
use super::{HostError, write_whole};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::Timeline;
use crate::script::written::{DEFAULT_SPEAKER, Line, Script};
use crate::speech::align::{AlignedWord, Alignment, Difference, Hearing, align, listen};
use crate::speech::{Recording, Sound, Utterance, place_words, timeline_of, timeline_of_sound, words_of};
use crate::time::Time;

/// Below this share both of words heard without doubt and of speech that they explain, text and sound have nothing to do with one
/// another.
const ALIEN: f32 = 0.5;
/// So many words are quoted of a longer run.
const QUOTED: usize = 8;

/// What to align.
#[derive(Debug, Clone, Default)]
pub struct AlignRequest {
    /// The sound file.
    pub audio: PathBuf,
    /// What is said in it: a plain text or a script; without one the sound alone decides.
    pub text: Option<PathBuf>,
    /// The text's language; by default what a script says, or what the text looks like.
    pub language: Option<String>,
}

/// A recording with times.
#[derive(Debug, Clone, Default)]
pub struct Aligned {
    /// Its phones, words, marks and captions. The sound file stands by its name alone.
    pub timeline: Timeline,
    /// What could not be done as asked.
    pub warnings: Vec<Diagnostic>,
    /// Where text and sound differ: when, and in words.
    pub differences: Vec<(Time, Time, Diagnostic)>,
    /// The text's words and where each is; none without a text.
    pub words: Vec<(String, AlignedWord)>,
}

/// Hears a sound file and finds its text in it.
///
/// # Errors
/// A file that cannot be read or is no sound or no text; a program that a language needs and that is not installed; a cancelled
/// job.
pub fn align_file(request: &AlignRequest, job: &Job<'_>) -> Result<Aligned, HostError> {
    let script =
        request.text.as_deref().map(|path| script_of(path, request.language.as_deref())).transpose()?;
    let heard = hear_file(&request.audio, script.is_some(), job)?;
    let file = request.audio.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let Heard { hearing, prosody, duration } = heard;
    let recording = Recording { file, duration, prosody };
    let name = request.audio.display().to_string();
    match script {
        Some(script) => with_text(&script, &hearing, recording, &name, job),
        None => {
            let phones = listen(&hearing, job)?;
            let mut warnings = Vec::new();
            if phones.is_empty() {
                warnings.push(Diagnostic::warning(name, "no speech is heard in it: the lips stay closed"));
            }
            let timeline = timeline_of_sound(DEFAULT_SPEAKER, phones, recording);
            Ok(Aligned { timeline, warnings, ..Aligned::default() })
        }
    }
}

fn script_of(path: &Path, language: Option<&str>) -> Result<Script, HostError> {
    let name = path.display().to_string();
    let bytes = read_named(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| HostError::input(&name, "not UTF-8 text"))?;
    let mut script = if path.extension().is_some_and(|ending| ending == "toml") {
        Script::from_toml(text, &name)?.0
    } else {
        Script::from_plain_text(text, &name)?
    };
    if let Some(language) = language {
        for line in &mut script.lines {
            language.clone_into(&mut line.language);
        }
    }
    Ok(script)
}

fn with_text(
    script: &Script,
    hearing: &Hearing,
    recording: Recording,
    audio: &str,
    job: &Job<'_>,
) -> Result<Aligned, HostError> {
    let texts = words_of(script);
    let pronouncer = Pronouncer::open(job)?;
    let mut variants = Vec::with_capacity(texts.len());
    for line in &script.lines {
        variants.extend(pronouncer.variants(&line.spoken, &line.language));
    }
    let mut found = Aligned::default();
    if variants.iter().all(Vec::is_empty) {
        let message = "the text has no word that can be said: the sound alone decides";
        found.warnings.push(Diagnostic::warning(&script.source_name, message));
    }
    let alignment = judged(hearing, &variants, &mut found.warnings, audio, job)?;
    found.differences = told(&alignment, &texts, &script.source_name);
    found.words =
        texts.iter().map(|(_, text)| (*text).to_owned()).zip(alignment.words.iter().copied()).collect();
    found.timeline = timeline_of(script, &alignment, recording);
    Ok(found)
}

/// Aligns; where the text is not what is said, the sound alone decides about phones.
fn judged(
    hearing: &Hearing,
    variants: &[Vec<Vec<crate::speech::RawPhone>>],
    warnings: &mut Vec<Diagnostic>,
    audio: &str,
    job: &Job<'_>,
) -> Result<Alignment, HostError> {
    let mut alignment = align(hearing, variants, job)?;
    // Of a long text a part may be said, and much may be said beside a short one.
    let is_alien = alignment.agreement() < ALIEN && alignment.explained() < ALIEN;
    if !is_alien && variants.iter().any(|word| !word.is_empty()) {
        return Ok(alignment);
    }
    alignment.phones = listen(hearing, job)?;
    alignment.word_of_phone = vec![None; alignment.phones.len()];
    if alignment.phones.is_empty() {
        warnings.push(Diagnostic::warning(audio, "no speech is heard in it: the lips stay closed"));
    } else if is_alien {
        let message = "the text is not what is said in it: the lips follow the sound alone";
        let help = "check that text and sound belong together, and the language";
        warnings.push(Diagnostic::warning(audio, message).help(help));
    }
    Ok(alignment)
}

/// Writes the timeline to `out`, with the sound file beside it where it is not there.
///
/// # Errors
/// When one of them cannot be written.
pub fn write_aligned(aligned: &Aligned, audio: &Path, out: &Path) -> Result<(), HostError> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Some(name) = audio.file_name() {
        let copy = folder.join(name);
        let same =
            |a: &Path, b: &Path| a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
        if !same(&copy, audio) {
            std::fs::copy(audio, &copy).map_err(|error| unwritable(&copy, &error))?;
        }
    }
    write_whole(out, aligned.timeline.to_json().as_bytes()).map_err(|error| unwritable(out, &error))
}

/// The differences in words.
fn told(alignment: &Alignment, texts: &[(usize, &str)], name: &str) -> Vec<(Time, Time, Diagnostic)> {
    let quoted = |words: &std::ops::Range<usize>| {
        let run = texts.get(words.clone()).unwrap_or_default();
        let some: Vec<&str> = run.iter().take(QUOTED).map(|(_, text)| *text).collect();
        let more = run.len().saturating_sub(QUOTED);
        let rest = if more > 0 { format!(" … and {more} more words") } else { String::new() };
        format!("'{}'{rest}", some.join(" "))
    };
    let one = |difference: &Difference| {
        let message = match difference {
            Difference::Unheard { words, at } => format!("{at}: {} is not heard", quoted(words)),
            Difference::Doubtful { words, span } => {
                format!("{}: {} is doubtful", span.start, quoted(words))
            }
            Difference::Foreign { span, is_speech } => {
                let what = if *is_speech { "speech" } else { "sound" };
                format!("{} to {}: {what} that the text does not have", span.start, span.end)
            }
        };
        (difference.start(), difference.end(), Diagnostic::warning(name, message))
    };
    alignment.differences.iter().map(one).collect()
}

/// The phones and words of a line that is recorded in `sound`, and what is to be said about it.
pub(super) fn align_line(
    line: &Line,
    sound: &Sound,
    job: &Job<'_>,
) -> Result<(Utterance, Vec<Diagnostic>), HostError> {
    let mut warnings = Vec::new();
    let pronouncer = Pronouncer::open(job)?;
    let variants = pronouncer.variants(&line.spoken, &line.language);
    let hearing = hear_sound(sound, !variants.is_empty(), job)?;
    let texts: Vec<(usize, &str)> = crate::script::words::split(&line.spoken)
        .into_iter()
        .filter_map(|range| Some((0, line.spoken.get(range)?)))
        .collect();
    let alignment = if variants.is_empty() {
        let phones = listen(&hearing, job)?;
        Alignment { word_of_phone: vec![None; phones.len()], phones, ..Alignment::default() }
    } else {
        let alignment = judged(&hearing, &variants, &mut warnings, "", job)?;
        if warnings.is_empty() {
            warnings.extend(told(&alignment, &texts, "").into_iter().map(|(_, _, told)| told));
        }
        alignment
    };
    let owners: Vec<usize> = alignment.word_of_phone.iter().map(|word| word.unwrap_or(usize::MAX)).collect();
    let plain: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    let words = place_words(&plain, &line.language, &alignment.phones, &owners, sound.audible_range());
    let utterance = Utterance { phones: alignment.phones, words, ..Utterance::default() };
    Ok((utterance, warnings))
}
