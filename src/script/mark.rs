//! The inline marks that a script may hold: names, arguments, whom they concern.
//!
//! A table and its checks; how a mark is acted is decided elsewhere.

/// Whom a mark concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The one who speaks: it becomes a mark of the speaker.
    Speaker,
    /// The whole stage: it becomes a cue of the timeline.
    Stage,
    /// The text itself: it is used up when the timeline is made.
    Timing,
}

/// What a mark takes after its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// A weight in 0..=1, which may be left out.
    Weight,
    /// Seconds, 0..=60.
    Seconds,
    /// One of the named directions, a speaker, or a point.
    Target,
    /// A name.
    Name,
    /// A whole number from 1, or `next`, or `previous`.
    Slide,
    /// A level of emphasis, which may be left out.
    Level,
    /// Beats a minute, 20..=400; 0 or `off` for none.
    Tempo,
    /// A name, and how a motion is played: `beats=8`, `loop`.
    Motion,
    /// A name, and `add` where it adds to what is there.
    Recording,
}

/// Whether a mark concerns the text from where it stands to `[/]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encloses {
    /// It stands at a place.
    Never,
    /// It does where a `[/]` is left for it.
    May,
    /// It has to be ended.
    Must,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownMark {
    /// As written in brackets.
    pub name: &'static str,
    /// Whom it concerns.
    pub scope: Scope,
    /// What follows the name.
    pub argument: Argument,
    /// Whether it concerns the text from here to `[/]`.
    pub encloses: Encloses,
}

/// What stands in the brackets that end the last open mark that encloses text.
pub const END: &str = "/";

/// The mark of stressed words.
pub const EMPHASIS: &str = "emphasis";

/// The mark of a breath that is seen.
pub const BREATHE: &str = "breathe";

/// The mark of silence.
pub const PAUSE: &str = "pause";

/// The mark of the beat of music.
pub const BEAT: &str = "beat";

/// The mark of a recorded face.
pub const CAPTURE: &str = "capture";
/// What follows its file where it is added to the acting.
pub const ADD: &str = "add";

/// What a motion's mark says where the motion comes again and again; `[/]` may end it.
pub const LOOP: &str = "loop";

/// Where `[look …]` may lead, beside a speaker's name. Left and right are the avatar's own.
pub const LOOK_TARGETS: &[&str] =
    &["left", "right", "up", "down", "camera", "audience", "notes", "away", "house-left", "house-right"];

/// The point of `[look X Y Z]`, metres on the stage: +X to the avatars' left, +Y up, +Z to the audience.
pub fn look_point(args: &[impl AsRef<str>]) -> Option<[f32; 3]> {
    let number = |text: &str| text.parse().ok().filter(|n: &f32| n.is_finite() && n.abs() <= 1000.0);
    let [x, y, z] = args else { return None };
    Some([number(x.as_ref())?, number(y.as_ref())?, number(z.as_ref())?])
}

/// All marks. The expressions are VRM 1.0's presets; `smile` is the everyday word for a slight `happy`.
pub const KNOWN: &[KnownMark] = &[
    row("smile", Scope::Speaker, Argument::Weight),
    row("happy", Scope::Speaker, Argument::Weight),
    row("angry", Scope::Speaker, Argument::Weight),
    row("sad", Scope::Speaker, Argument::Weight),
    row("relaxed", Scope::Speaker, Argument::Weight),
    row("surprised", Scope::Speaker, Argument::Weight),
    row("fearful", Scope::Speaker, Argument::Weight),
    row("disgusted", Scope::Speaker, Argument::Weight),
    row("serious", Scope::Speaker, Argument::Weight),
    row("neutral", Scope::Speaker, Argument::None),
    row("expression", Scope::Speaker, Argument::Name),
    row("blink", Scope::Speaker, Argument::None),
    row(BREATHE, Scope::Speaker, Argument::None),
    row("nod", Scope::Speaker, Argument::None),
    row("shake", Scope::Speaker, Argument::None),
    row("look", Scope::Speaker, Argument::Target),
    KnownMark { encloses: Encloses::May, ..row("clip", Scope::Speaker, Argument::Motion) },
    KnownMark { encloses: Encloses::May, ..row("gesture", Scope::Speaker, Argument::Motion) },
    row(CAPTURE, Scope::Speaker, Argument::Recording),
    row(BEAT, Scope::Stage, Argument::Tempo),
    row("camera", Scope::Stage, Argument::Name),
    row("slide", Scope::Stage, Argument::Slide),
    row("cue", Scope::Stage, Argument::Name),
    row(PAUSE, Scope::Timing, Argument::Seconds),
    KnownMark { encloses: Encloses::Must, ..row(EMPHASIS, Scope::Speaker, Argument::Level) },
];

const fn row(name: &'static str, scope: Scope, argument: Argument) -> KnownMark {
    KnownMark { name, scope, argument, encloses: Encloses::Never }
}

/// The row of a mark's name.
pub fn known(name: &str) -> Option<&'static KnownMark> {
    KNOWN.iter().find(|row| row.name == name)
}

/// The beats a minute that `[beat …]` asks for; 0 for none.
pub fn tempo(text: &str) -> Option<f64> {
    if text == "off" {
        return Some(0.0);
    }
    text.parse().ok().filter(|bpm: &f64| *bpm == 0.0 || (20.0..=400.0).contains(bpm))
}

/// How a mark has its motion played.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Playing {
    /// It lasts so many beats; `None` is as long as it is.
    pub beats: Option<f64>,
    /// It comes again and again.
    pub repeats: bool,
}

/// What follows a motion's name; `None` where that is nothing known, or twice the same.
pub fn playing<'a>(options: impl Iterator<Item = &'a str>) -> Option<Playing> {
    let mut found = Playing::default();
    for option in options {
        if let Some(beats) = option.strip_prefix("beats=") {
            let beats = beats.parse().ok().filter(|beats: &f64| (0.25..=1024.0).contains(beats))?;
            if found.beats.replace(beats).is_some() {
                return None;
            }
        } else if option == LOOP && !found.repeats {
            found.repeats = true;
        } else {
            return None;
        }
    }
    Some(found)
}
