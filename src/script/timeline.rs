//! The timeline: a speech with the times of everything in it, as drivers play it.

pub use super::look::{APERTURES, EXPOSURES, LookChoice, TONES};
use crate::time::{FrameRate, Time};
use crate::vocabulary::{Channel, Viseme};

/// A whole timed speech.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// When it is over; nothing lies later.
    pub duration: Time,
    /// Seeds everything random.
    pub seed: u64,
    /// Camera, backdrop.
    pub stage: StageChoice,
    /// How lively the acting is.
    pub dials: Dials,
    /// The sentence that says the media is generated; stands in the metadata of everything written.
    pub disclosure: Option<String>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// Sounds.
    pub audio: Vec<AudioClip>,
    /// Subtitles.
    pub captions: Vec<Caption>,
    /// Camera, slide and other global marks, in order of time.
    pub cues: Vec<Mark>,
}

/// The disclosure of a speech that states none.
pub const DEFAULT_DISCLOSURE: &str = "This video was generated with a digital human";

/// What the script says of the stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StageChoice {
    /// A shot by name (`face`, `bust`, `half`, `full`); `None` is `bust`.
    pub camera: Option<String>,
    /// A lighting by name (`studio`, `stage`, `daylight`); `None` is `studio`.
    pub light: Option<String>,
    /// Backdrop colour, sRGB 0..=1; `None` is the lighting's own.
    pub backdrop: Option<[f32; 3]>,
    /// What shows in eyes and metal and lights from all around: a lighting's by name, or the file of a picture; `None` is the
    /// lighting's own.
    pub environment: Option<String>,
    /// How far it is turned, degrees, counter-clockwise as seen from above.
    pub environment_turn: Option<f32>,
    /// Exposure, lens and film.
    pub look: LookChoice,
}

/// The lightings that [`StageChoice::light`] may name.
pub const LIGHTS: &[&str] = &["studio", "stage", "daylight"];

/// Acting dials, each 1 by default, 0..=2.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dials {
    /// How far the lips move: mumbled below 1, over-enunciated above. Closures are complete whatever it is.
    pub lips: f32,
    /// How far the jaw opens, whatever the lips do.
    pub jaw: f32,
    /// How strong emotions are.
    pub expression: f32,
    /// How often the eyes blink.
    pub blink: f32,
    /// How deep the breath is.
    pub breath: f32,
    /// How large the gestures are that nobody asked for; 0 for none.
    pub gestures: f32,
    /// How still head and eyes are: 2 is a newsreader, 0 somebody restless.
    pub composure: f32,
}

impl Dials {
    /// Each by the name that files give it.
    pub fn named(&self) -> [(&'static str, f32); 7] {
        let Self { lips, jaw, expression, blink, breath, gestures, composure } = *self;
        [
            ("lips", lips),
            ("jaw", jaw),
            ("expression", expression),
            ("blink", blink),
            ("breath", breath),
            ("gestures", gestures),
            ("composure", composure),
        ]
    }

    /// How much head and eyes move by themselves, 0..=2.
    pub fn liveliness(&self) -> f32 {
        2.0 - self.composure
    }
}

impl Default for Dials {
    fn default() -> Self {
        Self { lips: 1.0, jaw: 1.0, expression: 1.0, blink: 1.0, breath: 1.0, gestures: 1.0, composure: 1.0 }
    }
}

/// One speaker and all that they say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Speaker {
    /// As the script names them.
    pub id: String,
    /// A file relative to the timeline's, or a bundled avatar's name.
    pub avatar: Option<String>,
    /// In order, not overlapping.
    pub phones: Vec<TimedPhone>,
    /// In order, only where a tool gave no phones; may overlap.
    pub visemes: Vec<TimedViseme>,
    /// The face frame by frame, where a tool gave it; while it lasts, phones and visemes do not move the lips. In order, not
    /// overlapping.
    pub channels: Vec<ChannelTrack>,
    /// In order.
    pub words: Vec<Word>,
    /// In order of time.
    pub marks: Vec<Mark>,
    /// What is said in one go, in order, not overlapping; the silence between two is a pause.
    pub phrases: Vec<Phrase>,
    /// Loudness and pitch, where known.
    pub prosody: Option<Prosody>,
}

/// A phone and when it sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedPhone {
    /// Begins.
    pub start: Time,
    /// Ends, after `start`.
    pub end: Time,
    /// The IPA symbol.
    pub ipa: String,
    /// 0 none, 1 primary, 2 secondary.
    pub stress: u8,
    /// 1..=5 in Mandarin, 0 elsewhere.
    pub tone: u8,
    /// 0..=1.
    pub confidence: f32,
}

/// A viseme and when it is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedViseme {
    /// Begins.
    pub start: Time,
    /// Ends, after `start`.
    pub end: Time,
    /// Which.
    pub viseme: Viseme,
    /// 0..=1.
    pub weight: f32,
}

/// Weights of channels, frame by frame without gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelTrack {
    /// When the first frame is.
    pub start: Time,
    /// Frames a second.
    pub rate: FrameRate,
    /// Which, each once.
    pub channels: Vec<Channel>,
    /// A weight 0..=1 for each of `channels`.
    pub frames: Vec<Vec<f32>>,
}

impl ChannelTrack {
    /// When the last frame is over.
    pub fn end(&self) -> Time {
        self.start + self.rate.time_of(self.frames.len() as u64)
    }

    /// The weights at `t` in [`Channel::ALL`]'s order, between two frames in proportion; zeros outside of the track.
    pub fn weights(&self, t: Time) -> [f32; Channel::COUNT] {
        let mut weights = [0.0; Channel::COUNT];
        let since = t - self.start;
        if since < Time::ZERO || t >= self.end() {
            return weights;
        }
        let index = self.rate.frames_before(since + Time::from_nanos(1)).saturating_sub(1);
        let (from, until) = (self.rate.time_of(index), self.rate.time_of(index + 1));
        let share = (since - from).as_nanos() as f32 / (until - from).as_nanos().max(1) as f32;
        let frame = |index: u64| self.frames.get(index as usize);
        let Some(here) = frame(index) else { return weights };
        let next = frame(index + 1).unwrap_or(here);
        for ((channel, here), next) in self.channels.iter().zip(here).zip(next) {
            weights[channel.index()] = here + (next - here) * share;
        }
        weights
    }
}

/// A spoken word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Begins.
    pub start: Time,
    /// Ends, after `start`.
    pub end: Time,
    /// As written.
    pub text: String,
    /// A language tag, empty where unknown.
    pub language: String,
}

/// Words said in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Begins.
    pub start: Time,
    /// Ends, after `start`.
    pub end: Time,
    /// How its melody ends, where that is heard.
    pub boundary: Option<BoundaryTone>,
}

/// How the melody of a phrase ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoundaryTone {
    /// It falls: something is complete.
    Fall,
    /// It stays.
    Level,
    /// It rises: a question, or more is to come.
    Rise,
}

impl BoundaryTone {
    /// As files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fall => "fall",
            Self::Level => "level",
            Self::Rise => "rise",
        }
    }
}

/// Something that happens at a moment, such as `[smile]` or `[camera close]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Begins.
    pub time: Time,
    /// Ends; `None` where it is a moment or lasts until the next of its kind.
    pub end: Option<Time>,
    /// What.
    pub name: String,
    /// How.
    pub args: Vec<String>,
}

/// Loudness and pitch every 10 ms from the start.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prosody {
    /// Decibels relative to full scale.
    pub loudness_db: Vec<f32>,
    /// Hertz, 0 where unvoiced.
    pub pitch_hz: Vec<f32>,
}

/// What a sound is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AudioRole {
    /// A speaker's voice.
    #[default]
    Speech,
    /// Music.
    Music,
    /// Anything else.
    Effect,
}

/// A piece of a sound file, placed in time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AudioClip {
    /// What it is.
    pub role: AudioRole,
    /// Whose voice.
    pub speaker: Option<String>,
    /// When it begins in the speech.
    pub start: Time,
    /// Where in the file it begins.
    pub file_in: Time,
    /// Where in the file it ends; `None` is the file's end.
    pub file_out: Option<Time>,
    /// Decibels.
    pub gain_db: f32,
    /// Relative to the timeline's own file.
    pub file: String,
    /// Lower-case hex of the file, where it is pinned.
    pub sha256: Option<String>,
}

/// A subtitle.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// A language tag.
    pub language: String,
    /// Appears.
    pub start: Time,
    /// Goes, after `start`.
    pub end: Time,
    /// What it says.
    pub text: String,
}
