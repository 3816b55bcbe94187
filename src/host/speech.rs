//! A speech from whatever file the user names: a script, a timeline, foreign timing, plain text, or sound alone.
//!
//! The kind of a file is told by its ending where that is plain, else by its content.

use std::path::{Path, PathBuf};

use super::align::{AlignRequest, Aligned, align_file, write_aligned};
use super::folder::{FolderSource, read_named};
use super::prepare::{self, prepare};
use super::{Cache, Config, EspeakReader, HostError, cache, write_wav};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::foreign::{self, Format, Options};
use crate::script::ssml::is_ssml;
use crate::script::timeline::Speaker;
use crate::script::{Script, Timeline};
use crate::speech::text::{Lexicon, Reader};
use crate::speech::{fill_phones, fill_sung_phones};

/// A speech that can be performed.
#[derive(Debug, Clone)]
pub struct Speech {
    /// Everything with its times.
    pub timeline: Timeline,
    /// Where the timeline's sounds and avatars are read.
    pub source: FolderSource,
    /// What could not be done as written.
    pub warnings: Vec<Diagnostic>,
}

/// Endings of sound files.
const SOUNDS: &[&str] = &["wav", "flac", "ogg", "oga", "mp3"];
/// The key of a timeline that says from which script it was made: the SHA-256 of the script's file.
const SCRIPT_KEY: &str = "x-script-sha256";
/// Changes whenever the same sound would be made into something else.
const LISTENED: &[u8] = b"rhetor listen 2";
/// The end of the names of scripts and timelines.
const SCRIPT_END: &str = ".speech.toml";
const TIMELINE_END: &str = ".timeline.json";

/// Loads a speech; a script is prepared first, unless the cache or a timeline beside it holds the result.
///
/// # Errors
/// A file that is none of these or is wrong; a voice whose program is not installed.
pub fn load_speech(input: &str, allow: &[PathBuf], job: &Job<'_>) -> Result<Speech, HostError> {
    job.report("reading", 0, 1)?;
    let path = Path::new(input);
    let source = FolderSource::beside(path, allow)?;
    let name = input.to_owned();
    if is_sound(path) {
        return sound_alone(path, source, job);
    }
    let bytes = read_named(path)?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_script = ending == "toml";
    let is_text = ending == "ssml"
        || matches!(ending.as_str(), "txt" | "md" | "") && foreign::detect(&bytes, input).is_none();
    if !is_script && !is_text {
        let (timeline, warnings) = timing(&bytes, &name, job)?;
        return Ok(Speech { timeline, source, warnings });
    }
    let text = utf8(&bytes, &name)?;
    if let Some((timeline, warnings)) = prepared_beside(path, &text)? {
        return Ok(Speech { timeline, source, warnings });
    }
    let (script, warnings) = read_script(&text, &name, is_script)?;
    through_cache(&script, &text, source, warnings, job)
}

/// Loads the stage, the dials and the speakers of a script or a timeline, and nothing that is said: for somebody who speaks
/// live.
///
/// # Errors
/// A file that is neither or is wrong.
pub fn load_stage(input: &str, allow: &[PathBuf], job: &Job<'_>) -> Result<Speech, HostError> {
    let path = Path::new(input);
    let source = FolderSource::beside(path, allow)?;
    let is_script = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let (timeline, warnings) = if is_script {
        let (script, warnings) = read_script(&utf8(&read_named(path)?, input)?, input, true)?;
        (script.begin_timeline(), warnings)
    } else if is_sound(path) {
        let error = HostError::input(input, "a sound has neither a stage nor an avatar");
        return Err(error.help("give a script, a timeline or an avatar, or nothing"));
    } else {
        timing(&read_named(path)?, input, job)?
    };
    let only_who = |speaker: &Speaker| Speaker {
        id: speaker.id.clone(),
        avatar: speaker.avatar.clone(),
        ..Speaker::default()
    };
    let timeline = Timeline {
        seed: timeline.seed,
        stage: timeline.stage,
        dials: timeline.dials,
        disclosure: timeline.disclosure,
        speakers: timeline.speakers.iter().map(only_who).collect(),
        ..Timeline::default()
    };
    Ok(Speech { timeline, source, warnings })
}

/// An error about the avatar of a script's speaker, at the line that names it; an error inside of the avatar's file, or of
/// what is no script, stays as it is.
pub fn where_named(mut error: HostError, script: &str, speaker: usize) -> HostError {
    let position = || {
        let text = utf8(&read_named(Path::new(script)).ok()?, script).ok()?;
        let (script, _) = Script::from_toml(&text, script).ok()?;
        let avatar = script.speakers.into_iter().nth(speaker)?.avatar?;
        error
            .diagnostics
            .iter()
            .all(|d| d.source_name == avatar.value && d.position.is_none())
            .then_some(avatar.position)
    };
    if let Some(position) = position() {
        for diagnostic in &mut error.diagnostics {
            diagnostic.message = format!("{}: {}", diagnostic.source_name, diagnostic.message);
            script.clone_into(&mut diagnostic.source_name);
            diagnostic.position = Some(position);
        }
    }
    error
}

fn is_sound(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| SOUNDS.contains(&ending.as_str()))
}

/// A script's file, or a plain text as a script.
fn read_script(text: &str, name: &str, is_script: bool) -> Result<(Script, Vec<Diagnostic>), HostError> {
    if is_script {
        return Ok(Script::from_toml(text, name)?);
    }
    if is_ssml(text) {
        return Ok(Script::from_ssml(text, name)?);
    }
    Ok((Script::from_plain_text(text, name)?, Vec::new()))
}

/// Prepares a script (or a plain text, or a sound file) and writes the timeline to `out` (beside the script when not given) with the sound beside it.
/// Recorded files that it names are copied where `out` lies in another folder. Returns the path written and warnings.
///
/// # Errors
/// As [`load_speech`]; also when `out` cannot be written.
pub fn prepare_file(
    path: &Path,
    out: Option<&Path>,
    allow: &[PathBuf],
    job: &Job<'_>,
) -> Result<(PathBuf, Vec<Diagnostic>), HostError> {
    let source = FolderSource::beside(path, allow)?;
    let name = path.display().to_string();
    if is_sound(path) {
        let request = AlignRequest { audio: path.to_owned(), ..AlignRequest::default() };
        let aligned = align_file(&request, job)?;
        let out = out.map_or_else(|| beside(path, TIMELINE_END), Path::to_owned);
        write_aligned(&aligned, path, &out)?;
        return Ok((out, aligned.warnings));
    }
    let text = utf8(&read_named(path)?, &name)?;
    let is_script = path.extension().is_some_and(|ending| ending == "toml");
    let (script, mut warnings) = read_script(&text, &name, is_script)?;
    let out = out.map_or_else(|| beside(path, TIMELINE_END), Path::to_owned);
    let voice_path = beside(&out, ".voice.wav");
    let voice_file = file_name(&voice_path);
    // Without a place for a cache every sentence is spoken.
    let cache = Cache::of_user().ok();
    let prepared = prepare(&script, &source, &Config::of_user()?, cache.as_ref(), &voice_file, job)?;
    warnings.extend(prepared.warnings);
    let write = |path: &Path, bytes: &[u8]| {
        super::write_whole(path, bytes).map_err(|error| cache::unwritable(path, &error))
    };
    let folder = folder_of(&out);
    for clip in prepared.timeline.audio.iter().filter(|clip| clip.file != voice_file) {
        let copy = folder.join(&clip.file);
        let from = source.resolve(&clip.file).map_err(|error| HostError::source(&name, &error))?;
        if copy.canonicalize().is_ok_and(|there| there == from) {
            continue;
        }
        std::fs::create_dir_all(folder_of(&copy)).map_err(|error| cache::unwritable(&copy, &error))?;
        write(&copy, &read_named(&from)?)?;
    }
    let mut timeline = prepared.timeline;
    if !prepared.voices.samples.is_empty() {
        let wav = write_wav(&prepared.voices)?;
        write(&voice_path, &wav)?;
        for clip in timeline.audio.iter_mut().filter(|clip| clip.file == voice_file) {
            clip.sha256 = Some(cache::sha256_hex(&wav));
        }
    }
    write(&out, with_script_key(&timeline.to_json(), text.as_bytes()).as_bytes())?;
    Ok((out, warnings))
}

/// A timeline or any foreign timing format, told apart by content; words get phones there.
pub(super) fn timing(
    bytes: &[u8],
    name: &str,
    job: &Job<'_>,
) -> Result<(Timeline, Vec<Diagnostic>), HostError> {
    // Our own format complains about everything at once.
    if name.ends_with(TIMELINE_END) || foreign::detect(bytes, name).is_some_and(Format::is_own) {
        return Ok(Timeline::from_json(&utf8(bytes, name)?, name)?);
    }
    if bytes.is_empty() {
        return Err(HostError::input(name, "the file is empty"));
    }
    convert(bytes, name, &Options::default(), job)
}

/// Reads a timing file of any format, with phones for words that have none, through espeak-ng in languages that are not built
/// in; `name` stands in the messages, and its ending
/// decides where the content could be of several formats. Beside the timeline come warnings.
///
/// # Errors
/// The content is of no known format, or is broken.
pub fn convert(
    bytes: &[u8],
    name: &str,
    options: &Options,
    job: &Job<'_>,
) -> Result<(Timeline, Vec<Diagnostic>), HostError> {
    let (mut timeline, melody, mut warnings) = foreign::read_sung(bytes, name, options)?;
    let format = options.from.or_else(|| foreign::detect(bytes, name));
    // Our own files say what they mean.
    if format.is_some_and(Format::is_own) {
        return Ok((timeline, warnings));
    }
    // Without a reader its languages stay silent, and that is told.
    let reader = EspeakReader::open(job).ok().flatten();
    let reader = reader.as_ref().map(|reader| reader as &dyn Reader);
    let lexicon = Lexicon::default();
    let made = match &melody {
        Some(melody) => fill_sung_phones(&mut timeline, melody, &lexicon, reader),
        None => fill_phones(&mut timeline, &lexicon, reader),
    };
    warnings.extend(made.into_iter().map(|d| Diagnostic { source_name: name.to_owned(), ..d }));
    Ok((timeline, warnings))
}

/// The timeline beside a script, if it was made from this very text.
fn prepared_beside(path: &Path, text: &str) -> Result<Option<(Timeline, Vec<Diagnostic>)>, HostError> {
    let timeline = beside(path, TIMELINE_END);
    if !timeline.is_file() {
        return Ok(None);
    }
    let name = timeline.display().to_string();
    let json = utf8(&read_named(&timeline)?, &name)?;
    let pinned = serde_json::from_str::<serde_json::Value>(&json).ok();
    let pinned = pinned.as_ref().and_then(|value| value.get(SCRIPT_KEY)).and_then(serde_json::Value::as_str);
    if pinned != Some(&cache::sha256_hex(text.as_bytes())) {
        return Ok(None);
    }
    Ok(Some(Timeline::from_json(&json, &name)?))
}

/// The same JSON with the script's hash as its first entry.
fn with_script_key(json: &str, script: &[u8]) -> String {
    json.replacen('{', &format!("{{\n  \"{SCRIPT_KEY}\": \"{}\",", cache::sha256_hex(script)), 1)
}

fn through_cache(
    script: &Script,
    text: &str,
    source: FolderSource,
    mut warnings: Vec<Diagnostic>,
    job: &Job<'_>,
) -> Result<Speech, HostError> {
    let config = Config::of_user()?;
    let cache = Cache::of_user()?;
    let key = prepare::key(script, text, &source, &config)?;
    let (entry, voice) = (format!("{key}{TIMELINE_END}"), format!("{key}.wav"));
    let source = source.then(cache.folder())?;
    if let Some(path) = cache.find(&entry) {
        // An entry that cannot be read is made anew.
        let json = utf8(&read_named(&path)?, &entry)?;
        if let Ok((timeline, mut more)) = Timeline::from_json(&json, &entry) {
            warnings.append(&mut more);
            return Ok(Speech { timeline, source, warnings });
        }
    }
    let prepared = prepare(script, &source, &config, Some(&cache), &voice, job)?;
    warnings.extend(prepared.warnings);
    if !prepared.voices.samples.is_empty() {
        cache.store(&voice, &write_wav(&prepared.voices)?)?;
    }
    cache.store(&entry, prepared.timeline.to_json().as_bytes())?;
    Ok(Speech { timeline: prepared.timeline, source, warnings })
}

/// A sound file as a speech of one speaker, whose lips follow what is heard.
fn sound_alone(path: &Path, source: FolderSource, job: &Job<'_>) -> Result<Speech, HostError> {
    let cache = Cache::of_user()?;
    let hash = super::recording::hash(path)?;
    let name = file_name(path);
    let entry = format!("{}{TIMELINE_END}", cache::key_of(&[LISTENED, name.as_bytes(), hash.as_bytes()]));
    if let Some(kept) = cache.find(&entry) {
        // An entry that cannot be read is made anew.
        let json = utf8(&read_named(&kept)?, &entry)?;
        if let Ok((timeline, warnings)) = Timeline::from_json(&json, &entry) {
            return Ok(Speech { timeline, source, warnings });
        }
    }
    let request = AlignRequest { audio: path.to_owned(), ..AlignRequest::default() };
    let Aligned { timeline, warnings, .. } = align_file(&request, job)?;
    if warnings.is_empty() {
        cache.store(&entry, timeline.to_json().as_bytes())?;
    }
    Ok(Speech { timeline, source, warnings })
}

fn utf8(bytes: &[u8], name: &str) -> Result<String, HostError> {
    if bytes.is_empty() {
        return Err(HostError::input(name, "the file is empty"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| HostError::input(name, "not UTF-8 text"))?;
    Ok(text.to_owned())
}

/// `NAME.speech.toml`, `NAME.timeline.json` or `NAME.txt` with another ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = file_name(path);
    let stem = [SCRIPT_END, TIMELINE_END].iter().find_map(|known| name.strip_suffix(known));
    let stem = stem.unwrap_or_else(|| name.rsplit_once('.').map_or(&name, |(stem, _)| stem));
    path.with_file_name(format!("{stem}{ending}"))
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
