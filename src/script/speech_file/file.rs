//! The keys of the script's file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::script::seconds::Seconds;
use crate::script::stage_file::{DialsFile, StageFile};

/// A speech as a person writes it: who says which text, with which voice or sound, on which stage.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rhetor script", rename = "Script")]
pub(super) struct ScriptFile {
    /// Where this schema is, for editors.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// The version of the format, "1.0", or "1.1" where the stage says how pictures look.
    #[serde(rename = "version")]
    _version: String,
    /// What the speech is called.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// A language tag such as en, en-GB, zh; for speakers and lines that state none. English where left out.
    #[serde(default)]
    pub(super) language: Option<String>,
    /// Seeds everything random, such as blinks.
    #[serde(default)]
    pub(super) seed: u64,
    /// The sentence that says the media is generated; there is a default.
    #[serde(default)]
    pub(super) disclosure: Option<String>,
    /// Camera and backdrop.
    #[serde(default)]
    pub(super) stage: StageFile,
    /// How lively the acting is.
    #[serde(default)]
    pub(super) dials: DialsFile,
    /// Who speaks, by name. Left out, there is one speaker.
    #[serde(default)]
    pub(super) speakers: BTreeMap<String, SpeakerFile>,
    /// What is said, in order.
    #[serde(default)]
    pub(super) lines: Vec<LineFile>,
    /// Music and effects.
    #[serde(default)]
    pub(super) audio: Vec<SoundFile>,
}

/// Somebody who speaks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Speaker")]
pub(super) struct SpeakerFile {
    /// An avatar's file beside this one or below, or a bundled avatar's name.
    #[serde(default)]
    pub(super) avatar: Option<String>,
    /// A voice by name: flite, flite:slt, espeak-ng, or one of the user's configuration.
    #[serde(default)]
    pub(super) voice: Option<String>,
    /// A language tag.
    #[serde(default)]
    pub(super) language: Option<String>,
}

/// One utterance.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Line")]
pub(super) struct LineFile {
    /// Who says it; may be left out where there is one speaker.
    #[serde(default)]
    pub(super) speaker: Option<String>,
    /// What is said and shown, with inline marks such as [smile] or [pause 0.4]; [[ is a bracket.
    #[serde(default)]
    pub(super) text: Option<String>,
    /// What is said in place of `text`: pinyin, SSML, another spelling; with inline marks.
    #[serde(default)]
    pub(super) say: Option<String>,
    /// What the caption shows in place of `text`; empty for none.
    #[serde(default)]
    pub(super) display: Option<String>,
    /// A language tag.
    #[serde(default)]
    pub(super) language: Option<String>,
    /// A voice by name, in place of the speaker's.
    #[serde(default)]
    pub(super) voice: Option<String>,
    /// Recorded sound in place of a voice: a file beside this one or below.
    #[serde(default)]
    pub(super) audio: Option<String>,
    /// The timing of that sound, as a tool wrote it: a timeline or a file of any timing format. A song names its sound itself.
    #[serde(default)]
    pub(super) timing: Option<String>,
    /// Seconds of silence after it.
    #[serde(default)]
    pub(super) gap_after: Option<Seconds>,
}

/// What a sound is.
#[derive(Deserialize, JsonSchema, Default, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Role")]
pub(super) enum RoleFile {
    /// Music.
    #[default]
    Music,
    /// Anything else.
    Effect,
}

/// Music or an effect.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Audio")]
pub(super) struct SoundFile {
    /// What it is.
    #[serde(default)]
    pub(super) role: RoleFile,
    /// A sound file beside this one or below.
    pub(super) file: String,
    /// Seconds: when it begins in the speech.
    #[serde(default)]
    pub(super) start: Seconds,
    /// Seconds: where in the file it begins.
    #[serde(rename = "in", default)]
    pub(super) file_in: Seconds,
    /// Seconds: where in the file it ends; left out for the file's end.
    #[serde(rename = "out", default)]
    pub(super) file_out: Option<Seconds>,
    /// Decibels.
    #[serde(default)]
    #[schemars(range(min = -120, max = 40))]
    pub(super) gain: f32,
}
