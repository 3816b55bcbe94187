//! The keys of the timeline's file.

use std::borrow::Cow;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::channels::ChannelsFile;
use crate::script::seconds::Seconds;
use crate::script::stage_file::{DialsFile, StageFile};
use crate::script::timeline::{
    AudioClip, AudioRole, BoundaryTone, Caption, Mark, Phrase, Prosody, Speaker, TimedPhone, TimedViseme,
    Timeline, Word,
};
use crate::vocabulary::Viseme;

/// A timed speech script: every phone, word, mark, caption, cue and sound with its times in seconds.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rhetor timeline", rename = "Timeline")]
pub(super) struct TimelineFile {
    /// Where this schema is, for editors.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// The version of the format, "1.0", "1.1" where there are channels, or "1.2" where the stage says how pictures look.
    #[serde(rename = "version")]
    _version: String,
    /// When the speech is over, in seconds; nothing lies later.
    duration: Seconds,
    /// Seeds everything random, such as blinks.
    #[serde(default)]
    seed: u64,
    /// Camera and backdrop.
    #[serde(default)]
    stage: StageFile,
    /// How lively the acting is.
    #[serde(default)]
    dials: DialsFile,
    /// The sentence that says the media is generated.
    #[serde(default)]
    disclosure: Option<String>,
    /// Who speaks.
    #[serde(default)]
    speakers: Vec<SpeakerFile>,
    /// Sounds.
    #[serde(default)]
    audio: Vec<AudioFile>,
    /// Subtitles, in order of time for each language.
    #[serde(default)]
    captions: Vec<CaptionFile>,
    /// Camera, slide and other marks of the whole stage, in order of time.
    #[serde(default)]
    cues: Vec<MarkFile>,
}

/// One speaker and all that they say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Speaker")]
struct SpeakerFile {
    /// The speaker's name, told apart from all others.
    id: String,
    /// An avatar's file beside this one or below, or a bundled avatar's name.
    #[serde(default)]
    avatar: Option<String>,
    /// In order, not overlapping.
    #[serde(default)]
    phones: Vec<PhoneFile>,
    /// Mouth shapes, in order of start, only where a tool gave no phones; they may overlap.
    #[serde(default)]
    visemes: Vec<VisemeFile>,
    /// The face frame by frame, where a tool gave it; while it lasts, phones and visemes do not move the lips; in order,
    /// not overlapping.
    #[serde(default)]
    channels: Vec<ChannelsFile>,
    /// In order, not overlapping.
    #[serde(default)]
    words: Vec<WordFile>,
    /// What the speaker does, in order of time.
    #[serde(default)]
    marks: Vec<MarkFile>,
    /// What is said in one go, in order, not overlapping; the silence between two is a pause.
    #[serde(default)]
    phrases: Vec<PhraseFile>,
    /// Loudness and pitch every 10 ms.
    #[serde(default)]
    prosody: Option<ProsodyFile>,
}

/// A phone and when it sounds.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Phone")]
struct PhoneFile {
    /// Seconds.
    start: Seconds,
    /// Seconds, after `start`.
    end: Seconds,
    /// The IPA symbol, without tie bars and length marks.
    ipa: String,
    /// 0 none, 1 primary, 2 secondary.
    #[serde(default)]
    #[schemars(range(max = 2))]
    stress: u8,
    /// 1 to 5 in Mandarin, 0 elsewhere.
    #[serde(default)]
    #[schemars(range(max = 5))]
    tone: u8,
    /// How sure the tool was, 0 to 1.
    #[serde(default = "one")]
    #[schemars(range(min = 0, max = 1))]
    confidence: f32,
}

/// A mouth shape and when it is seen.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Viseme")]
struct VisemeFile {
    /// Seconds.
    start: Seconds,
    /// Seconds, after `start`.
    end: Seconds,
    /// One of the 15 of OpenXR and Oculus.
    viseme: VisemeName,
    /// How far, 0 to 1.
    #[serde(default = "one")]
    #[schemars(range(min = 0, max = 1))]
    weight: f32,
}

/// A spoken word.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Word")]
struct WordFile {
    /// Seconds.
    start: Seconds,
    /// Seconds, after `start`.
    end: Seconds,
    /// As written.
    text: String,
    /// A language tag, empty where unknown.
    #[serde(default)]
    language: String,
}

/// Words said in one go.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Phrase")]
struct PhraseFile {
    /// Seconds.
    start: Seconds,
    /// Seconds, after `start`.
    end: Seconds,
    /// How its melody ends; left out where that is not heard.
    #[serde(default)]
    boundary: Option<BoundaryFile>,
}

/// How the melody of a phrase ends.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Boundary")]
enum BoundaryFile {
    /// Something is complete.
    Fall,
    /// It stays.
    Level,
    /// A question, or more is to come.
    Rise,
}

/// Something that happens at a moment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Mark")]
struct MarkFile {
    /// Seconds.
    time: Seconds,
    /// Seconds, not before `time`; left out where it is a moment or lasts until the next of its kind.
    #[serde(default)]
    end: Option<Seconds>,
    /// What, such as `smile`; names of other programs begin with `x-`.
    name: String,
    /// How.
    #[serde(default)]
    args: Vec<String>,
}

/// Loudness and pitch every 10 ms from the start, equally many.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Prosody")]
struct ProsodyFile {
    /// Decibels relative to full scale.
    loudness_db: Vec<f32>,
    /// Hertz, 0 where unvoiced.
    pitch_hz: Vec<f32>,
}

/// What a sound is.
#[derive(Deserialize, JsonSchema, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Role")]
enum RoleFile {
    /// A speaker's voice.
    #[default]
    Speech,
    /// Music.
    Music,
    /// Anything else.
    Effect,
}

/// A piece of a sound file, placed in time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Audio")]
struct AudioFile {
    /// What it is.
    #[serde(default)]
    role: RoleFile,
    /// Whose voice: the id of a speaker.
    #[serde(default)]
    speaker: Option<String>,
    /// Seconds: when it begins in the speech.
    #[serde(default)]
    start: Seconds,
    /// Seconds: where in the file it begins.
    #[serde(rename = "in", default)]
    file_in: Seconds,
    /// Seconds: where in the file it ends; left out for the file's end.
    #[serde(rename = "out", default)]
    file_out: Option<Seconds>,
    /// Decibels.
    #[serde(default)]
    #[schemars(range(min = -120, max = 40))]
    gain: f32,
    /// A sound file beside this one or below.
    file: String,
    /// The SHA-256 of the sound file, where it is pinned.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    sha256: Option<String>,
}

/// A subtitle.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Caption")]
struct CaptionFile {
    /// A language tag.
    #[serde(default)]
    language: String,
    /// Seconds: it appears.
    start: Seconds,
    /// Seconds: it goes, after `start`.
    end: Seconds,
    /// What it says.
    text: String,
}

fn one() -> f32 {
    1.0
}

/// One of the 15 names.
struct VisemeName(Viseme);

static VISEME_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| Viseme::ALL.iter().map(|viseme| viseme.name()).collect());

impl<'de> Deserialize<'de> for VisemeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Viseme::from_name(&name).map(Self).ok_or_else(|| de::Error::unknown_variant(&name, &VISEME_NAMES))
    }
}

impl JsonSchema for VisemeName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "VisemeName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": *VISEME_NAMES })
    }
}

impl From<TimelineFile> for Timeline {
    fn from(file: TimelineFile) -> Self {
        Self {
            duration: file.duration.0,
            seed: file.seed,
            stage: file.stage.into(),
            dials: file.dials.into(),
            disclosure: file.disclosure,
            speakers: file.speakers.into_iter().map(Speaker::from).collect(),
            audio: file.audio.into_iter().map(AudioClip::from).collect(),
            captions: file.captions.into_iter().map(Caption::from).collect(),
            cues: file.cues.into_iter().map(Mark::from).collect(),
        }
    }
}

impl From<SpeakerFile> for Speaker {
    fn from(file: SpeakerFile) -> Self {
        let phone = |p: PhoneFile| TimedPhone {
            start: p.start.0,
            end: p.end.0,
            ipa: p.ipa,
            stress: p.stress,
            tone: p.tone,
            confidence: p.confidence,
        };
        let viseme = |v: VisemeFile| TimedViseme {
            start: v.start.0,
            end: v.end.0,
            viseme: v.viseme.0,
            weight: v.weight,
        };
        let phrase = |p: PhraseFile| Phrase {
            start: p.start.0,
            end: p.end.0,
            boundary: p.boundary.map(|boundary| match boundary {
                BoundaryFile::Fall => BoundaryTone::Fall,
                BoundaryFile::Level => BoundaryTone::Level,
                BoundaryFile::Rise => BoundaryTone::Rise,
            }),
        };
        let word = |w: WordFile| Word { start: w.start.0, end: w.end.0, text: w.text, language: w.language };
        Self {
            id: file.id,
            avatar: file.avatar,
            phones: file.phones.into_iter().map(phone).collect(),
            visemes: file.visemes.into_iter().map(viseme).collect(),
            channels: file.channels.into_iter().map(ChannelsFile::into_track).collect(),
            words: file.words.into_iter().map(word).collect(),
            marks: file.marks.into_iter().map(Mark::from).collect(),
            phrases: file.phrases.into_iter().map(phrase).collect(),
            prosody: file.prosody.map(|p| Prosody { loudness_db: p.loudness_db, pitch_hz: p.pitch_hz }),
        }
    }
}

impl From<MarkFile> for Mark {
    fn from(file: MarkFile) -> Self {
        Self { time: file.time.0, end: file.end.map(|end| end.0), name: file.name, args: file.args }
    }
}

impl From<AudioFile> for AudioClip {
    fn from(file: AudioFile) -> Self {
        Self {
            role: match file.role {
                RoleFile::Speech => AudioRole::Speech,
                RoleFile::Music => AudioRole::Music,
                RoleFile::Effect => AudioRole::Effect,
            },
            speaker: file.speaker,
            start: file.start.0,
            file_in: file.file_in.0,
            file_out: file.file_out.map(|out| out.0),
            gain_db: file.gain,
            file: file.file,
            sha256: file.sha256,
        }
    }
}

impl From<CaptionFile> for Caption {
    fn from(file: CaptionFile) -> Self {
        Self { language: file.language, start: file.start.0, end: file.end.0, text: file.text }
    }
}
