//! Foreign timing formats ⇄ the timeline. The format is told from the content; where that could be of several, from the
//! file's name.
//!
//! Reading is tolerant of what tools write (gaps, overlaps, missing times, several names for one thing) and says what it
//! changed. Words stay words here: what they sound like is not known.

mod aligner;
pub mod arpabet;
mod audacity;
mod azure;
mod blend_shapes;
mod cartesia;
mod clock;
mod ctm;
mod elan;
mod elevenlabs;
mod format;
mod formats;
mod frames;
mod gentle;
mod google;
mod htk;
mod label;
mod lines;
mod live_link;
mod live_link_output;
mod lyrics;
mod mbrola;
mod moho;
mod named;
mod page;
mod papagayo;
mod polly;
mod records;
mod rhubarb;
mod rows;
pub(super) mod sampa;
mod shapes;
mod song;
mod sound;
mod spans;
mod subtitle;
mod table;
mod text;
mod textgrid;
mod textgrid_output;
mod tidy;
mod tiers;
mod timed_text;
mod ultrastar;
mod voicevox;
mod whisper;
mod xml;

use std::path::Path;

pub use self::format::{Format, Options, Part};
use self::format::{Input, Likeness, Look, Reader};
pub use self::formats::FORMATS;
pub use self::live_link::FaceRecording;
pub use self::live_link_output::{FaceFrame, face_table};
pub use self::page::{help, page};
pub use self::text::decode;
use super::document::{Fault, Node, parse_foreign_json};
use super::timeline::{Speaker, Timeline};
use super::written::DEFAULT_SPEAKER;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::time::Time;

/// The format of recorded faces.
const LIVE_LINK: &str = "live-link";
/// How Praat's binary files begin.
const BINARY_TEXTGRID: &[u8] = b"ooBinaryFile";

/// What a file's content looks like, with its name where that decides; `None` for anything that is no timing file.
pub fn detect(bytes: &[u8], name: &str) -> Option<&'static Format> {
    let text = decode(bytes).ok()?;
    let look = Look::of(&text);
    let likely: Vec<(&Format, Likeness)> =
        FORMATS.iter().map(|format| (format, (format.looks)(&look))).collect();
    let sure = likely.iter().find(|(_, likeness)| *likeness == Likeness::Sure);
    let named =
        || likely.iter().find(|(format, likeness)| *likeness == Likeness::Maybe && format.is_named(name));
    sure.or_else(named).map(|(format, _)| *format)
}

/// The format that `--from` names.
///
/// # Errors
/// There is none of this name.
pub fn of_id(id: &str) -> Result<&'static Format, String> {
    FORMATS.iter().find(|format| format.id == id).ok_or_else(|| {
        let all: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        match nearest(id, all.iter().copied()) {
            Some(near) => format!("'{id}' is not a format: did you mean '{near}'?"),
            None => format!("'{id}' is not a format: {}", all.join(", ")),
        }
    })
}

/// The format in which a file of this name is written; upper and lower case are the same.
///
/// # Errors
/// The name ends in nothing that is known.
pub fn of_output(name: &str) -> Result<&'static Format, Diagnostic> {
    let written = || FORMATS.iter().filter(|format| format.is_written());
    written().find(|format| format.is_named(name)).ok_or_else(|| {
        let endings: Vec<&str> = written().map(Format::ending).collect();
        Diagnostic::error(name, "the name does not say which format to write")
            .help(format!("end it in one of {}", endings.join(" ")))
    })
}

/// Reads a timing file of any format; `name` stands in the messages, and its ending decides where the content could be of
/// several formats. Beside the timeline come warnings. A file that does not say whose timing it is speaks as
/// [`DEFAULT_SPEAKER`]; no foreign format carries an avatar.
///
/// # Errors
/// The content is of no known format, or is broken.
pub fn to_timeline(bytes: &[u8], name: &str) -> Result<(Timeline, Vec<Diagnostic>), Diagnostic> {
    read_as(bytes, name, &Options::default())
}

/// As [`to_timeline`], with what the file does not say of itself.
///
/// # Errors
/// As there.
pub fn read_as(
    bytes: &[u8],
    name: &str,
    options: &Options,
) -> Result<(Timeline, Vec<Diagnostic>), Diagnostic> {
    read_sung(bytes, name, options).map(|(timeline, _, diagnostics)| (timeline, diagnostics))
}

/// As [`read_as`], with the notes where the file is a song's; no other file has a melody.
///
/// # Errors
/// As there.
pub fn read_sung(
    bytes: &[u8],
    name: &str,
    options: &Options,
) -> Result<(Timeline, Option<Melody>, Vec<Diagnostic>), Diagnostic> {
    if bytes.starts_with(BINARY_TEXTGRID) {
        let help = "in Praat, choose 'Save as text file…' or 'Save as short text file…'";
        return Err(Diagnostic::error(name, "a binary TextGrid cannot be read").help(help));
    }
    let text = decode(bytes).map_err(|d| Diagnostic { source_name: name.to_owned(), ..d })?;
    let format = options.from.or_else(|| detect(bytes, name)).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let help = format!(
            "known: {}; where the content does not say it, end the name as these files do",
            names.join(", ")
        );
        Diagnostic::error(name, "the content is no timing file that is known").help(help)
    })?;
    let input = Input { text: &text, options };
    let read = match format.read {
        Reader::Own => {
            let (timeline, told) = Timeline::from_json(&text, name).map_err(|all| first_error(all, name))?;
            return Ok((timeline, None, told));
        }
        Reader::Foreign(read) => read(&input).map(|(timeline, faults)| (timeline, faults, None)),
        Reader::Song(read) => read(&input).map(|(timeline, faults, melody)| (timeline, faults, Some(melody))),
    };
    let (mut timeline, mut faults, melody) = read.map_err(|fault| fault.into_diagnostic(&text, name))?;
    faults.extend(tidy::tidy(&mut timeline));
    let mut diagnostics: Vec<Diagnostic> =
        faults.into_iter().map(|fault| fault.into_diagnostic(&text, name)).collect();
    let named = |d: Diagnostic| Diagnostic { source_name: name.to_owned(), ..d };
    match timeline.validate() {
        Ok(warnings) => diagnostics.extend(warnings.into_iter().map(named)),
        Err(all) => return Err(first_error(all, name)),
    }
    Ok((timeline, melody, diagnostics))
}

/// Reads a face that was recorded frame by frame, of any format that has channels; with its warnings.
///
/// # Errors
/// The content is of no known format, is broken, or has no face.
pub fn read_face(bytes: &[u8], name: &str) -> Result<(FaceRecording, Vec<Diagnostic>), Diagnostic> {
    let is_table = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let table = of_id(LIVE_LINK).ok().filter(|table| is_table || detect(bytes, name) == Some(*table));
    if table.is_some() {
        let text = decode(bytes).map_err(|d| Diagnostic { source_name: name.to_owned(), ..d })?;
        let read = live_link::record(&Input { text: &text, options: &Options::default() });
        let (face, _, told) = read.map_err(|fault| fault.into_diagnostic(&text, name))?;
        return Ok((face, told.into_iter().map(|fault| fault.into_diagnostic(&text, name)).collect()));
    }
    let (timeline, told) = to_timeline(bytes, name)?;
    let mut tracks = timeline.speakers.into_iter().flat_map(|speaker| speaker.channels);
    match tracks.next() {
        Some(face) => Ok((FaceRecording { face, head: Vec::new() }, told)),
        None => Err(Diagnostic::error(name, "the file has no face frame by frame")
            .help("record one with Live Link Face, or export one as its CSV")),
    }
}

/// The timeline's text in a format, and warnings of what that cannot hold.
///
/// # Errors
/// The timeline is not right ([`Timeline::validate`]), the format is only read, or the timeline has nothing that the format
/// holds.
pub fn write(
    timeline: &Timeline,
    format: &Format,
    options: &Options,
) -> Result<(String, Vec<Diagnostic>), Diagnostic> {
    timeline.validate().map_err(|all| first_error(all, ""))?;
    let write = format.write.ok_or_else(|| {
        Diagnostic::error("", format!("{} can only be read", format.name)).help("write another format")
    })?;
    let Written { text, mut warnings } = write(timeline, options)?;
    let left_out = left_out(timeline, format.holds);
    if !left_out.is_empty() {
        warnings.push(format!("left out, as the format does not hold them: {}", left_out.join(", ")));
    }
    Ok((text, warnings.into_iter().map(|message| Diagnostic::warning("", message)).collect()))
}

/// What a timeline has that is not among `holds`.
fn left_out(timeline: &Timeline, holds: &[Part]) -> Vec<&'static str> {
    let any = |has: fn(&Speaker) -> bool| timeline.speakers.iter().any(has);
    let shows_phones = holds.contains(&Part::Phones) || holds.contains(&Part::Visemes);
    let parts = [
        (Part::Phones, any(|s| !s.phones.is_empty()) && !shows_phones),
        (Part::Words, any(|s| !s.words.is_empty())),
        (Part::Visemes, any(|s| s.phones.is_empty() && !s.visemes.is_empty())),
        (Part::Channels, any(|s| !s.channels.is_empty())),
        (Part::Captions, !timeline.captions.is_empty()),
        (Part::Marks, any(|s| !s.marks.is_empty()) || !timeline.cues.is_empty()),
    ];
    let missing = parts.iter().filter(|(part, has)| *has && !holds.contains(part));
    missing.map(|(part, _)| part.name()).collect()
}

/// What a writer gives.
#[derive(Debug, Default)]
struct Written {
    text: String,
    /// Beside those of what the format cannot hold.
    warnings: Vec<String>,
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self { text, warnings: Vec::new() }
    }
}

fn first_error(all: Vec<Diagnostic>, name: &str) -> Diagnostic {
    let error = all.into_iter().find(|d| d.severity == Severity::Error);
    let error = error.unwrap_or_else(|| Diagnostic::error(name, "the timing cannot be used"));
    Diagnostic { source_name: name.to_owned(), ..error }
}

/// What a reader gives: a timeline that may be untidy, and warnings.
type Read = Result<(Timeline, Vec<Fault>), Fault>;

/// The same of a song, with its notes.
type ReadSong = Result<(Timeline, Vec<Fault>, Melody), Fault>;

/// The notes of a song, by who sings them. Where there are none, the words' times are those of the singing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Melody {
    /// Speakers by their names, and their notes in order, not overlapping.
    pub voices: Vec<(String, Vec<Note>)>,
}

impl Melody {
    /// What the speaker of this name sings.
    pub fn notes_of(&self, id: &str) -> &[Note] {
        self.voices.iter().find(|(name, _)| name == id).map_or(&[], |(_, notes)| notes)
    }
}

/// A note that is sung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Begins.
    pub start: Time,
    /// Ends, after `start`.
    pub end: Time,
    /// The vowel of the note before it goes on.
    pub is_held: bool,
}

/// Nobody stages more speakers; their names are looked for one by one.
const MOST_SPEAKERS: usize = 200;

/// Whether one more speaker has room.
fn has_room(speakers: usize) -> Result<(), Fault> {
    if speakers < MOST_SPEAKERS {
        return Ok(());
    }
    Err(Fault::new(format!("the file has more than {MOST_SPEAKERS} speakers")).help("split it").at(0))
}

/// The speaker of this name, added where there is none yet.
fn speaker_of<'t>(speakers: &'t mut Vec<Speaker>, id: &str) -> Result<&'t mut Speaker, Fault> {
    let place = speakers.iter().position(|known| known.id == id).unwrap_or(speakers.len());
    if place == speakers.len() {
        has_room(place)?;
        speakers.push(Speaker { id: id.to_owned(), ..Speaker::default() });
    }
    Ok(&mut speakers[place])
}

/// A timeline of one unnamed speaker.
fn of_one(speaker: Speaker, duration: Time) -> Timeline {
    let speaker = Speaker { id: DEFAULT_SPEAKER.to_owned(), ..speaker };
    Timeline { duration, speakers: vec![speaker], ..Timeline::default() }
}

/// A JSON document of another program.
fn document(text: &str) -> Result<Node<'_>, Fault> {
    parse_foreign_json(text)
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A time from a number of seconds in a foreign file.
fn seconds(secs: f64) -> Result<Time, Fault> {
    let time = Time::from_secs_f64(secs);
    if !secs.is_finite() || secs < 0.0 || time > super::validate::LATEST {
        return Err(Fault::new(format!("{secs} is no time: seconds in 0..=864000 are expected")));
    }
    Ok(time)
}

/// A warning.
fn warning(message: impl Into<String>) -> Fault {
    Fault { severity: Severity::Warning, ..Fault::new(message) }
}
