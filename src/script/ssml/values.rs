//! The values of SSML's attributes: times, speeds, pitches, levels.
//!
//! Where the recommendation leaves a named level to the voice, it is a number here.

use crate::script::document::{Fault, suggest};

/// The longest pause, as that of `[pause]`.
const LONGEST: f64 = 60.0;

/// Seconds of silence by strength (section 3.2.3); `None` where there is no pause at all.
const STRENGTHS: &[(&str, Option<f64>)] = &[
    ("none", None),
    ("x-weak", Some(0.1)),
    ("weak", Some(0.2)),
    ("medium", Some(0.4)),
    ("strong", Some(0.7)),
    ("x-strong", Some(1.2)),
];

const RATES: &[(&str, f32)] =
    &[("x-slow", 0.5), ("slow", 0.75), ("medium", 1.0), ("default", 1.0), ("fast", 1.25), ("x-fast", 1.6)];

/// Semitones.
const PITCHES: &[(&str, f32)] =
    &[("x-low", -6.0), ("low", -3.0), ("medium", 0.0), ("default", 0.0), ("high", 3.0), ("x-high", 6.0)];

/// Decibels.
const VOLUMES: &[(&str, f32)] = &[
    ("silent", -90.0),
    ("x-soft", -12.0),
    ("soft", -6.0),
    ("medium", 0.0),
    ("default", 0.0),
    ("loud", 4.0),
    ("x-loud", 8.0),
];

/// How a text of a kind is said.
#[derive(Debug, Clone, Copy)]
enum Saying {
    AsWritten,
    /// Letter by letter.
    Spelt,
    /// Digit by digit.
    Digits,
}

/// The kinds of `say-as`: those of the W3C's note on its values, and those that speech services added.
const KINDS: &[(&str, Saying)] = &[
    ("characters", Saying::Spelt),
    ("spell-out", Saying::Spelt),
    ("verbatim", Saying::Spelt),
    ("digits", Saying::Digits),
    ("telephone", Saying::Digits),
    ("cardinal", Saying::AsWritten),
    ("number", Saying::AsWritten),
    ("date", Saying::AsWritten),
    ("time", Saying::AsWritten),
    ("currency", Saying::AsWritten),
    ("unit", Saying::AsWritten),
    ("name", Saying::AsWritten),
];

/// `500ms` or `1.5s`.
pub(super) fn seconds(text: &str) -> Result<f64, Fault> {
    let text = text.trim();
    let number = |digits: &str| digits.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let secs = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(millis), _) => number(millis).map(|n| n / 1000.0),
        (None, Some(secs)) => number(secs),
        (None, None) => None,
    };
    secs.filter(|secs| (0.0..=LONGEST).contains(secs)).ok_or_else(|| {
        Fault::new(format!("'{text}' is no time")).help("write up to a minute, such as 500ms or 1.5s")
    })
}

/// Seconds by strength.
pub(super) fn strength(text: &str) -> Result<Option<f64>, Fault> {
    named(text, STRENGTHS).ok_or_else(|| unknown(text, STRENGTHS, "or a time"))
}

/// A factor: `fast`, `120%`, `+20%`, `1.2`.
pub(super) fn rate(text: &str) -> Result<f32, Fault> {
    named(text, RATES)
        .or_else(|| percent(text))
        .or_else(|| text.trim().parse::<f32>().ok())
        .filter(|rate| (0.2..=4.0).contains(rate))
        .ok_or_else(|| unknown(text, RATES, "or 20% to 400%"))
}

/// A factor: `high`, `+10%`, `-2st`.
pub(super) fn pitch(text: &str) -> Result<f32, Fault> {
    let semitones = |n: f32| libm::exp2f(n / 12.0);
    let steps = text.trim().strip_suffix("st").and_then(|n| n.trim().parse::<f32>().ok());
    let found = named(text, PITCHES).map(semitones).or(steps.map(semitones)).or_else(|| percent(text));
    if found.is_none() && text.trim().to_ascii_lowercase().ends_with("hz") {
        let fault = Fault::new(format!("the pitch '{}' depends on the voice", text.trim()));
        return Err(fault.help("write a change, such as +10% or -2st"));
    }
    found
        .filter(|pitch| (0.5..=2.0).contains(pitch))
        .ok_or_else(|| unknown(text, PITCHES, "or a change of up to an octave, such as +10% or -2st"))
}

/// Decibels: `loud`, `+6dB`.
pub(super) fn volume(text: &str) -> Result<f32, Fault> {
    let decibels = text.trim().strip_suffix("dB").and_then(|n| n.trim().parse::<f32>().ok());
    named(text, VOLUMES)
        .or(decibels)
        .filter(|volume| (-90.0..=12.0).contains(volume))
        .ok_or_else(|| unknown(text, VOLUMES, "or a change of -90dB to +12dB"))
}

/// What is said for a text of a kind; `None` where it is said as it stands.
///
/// # Errors
/// The kind is not known.
pub(super) fn said_as(text: &str, kind: &str) -> Result<Option<String>, Fault> {
    let Some(saying) = named(kind, KINDS) else {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        let message = format!("interpret-as '{}' is not known; the text is said as it stands", kind.trim());
        return Err(Fault::new(message).help(suggest(kind.trim(), &names)));
    };
    let said: Vec<String> = match saying {
        Saying::AsWritten => return Ok(None),
        Saying::Spelt => {
            text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect()).collect()
        }
        // A group of digits ends with a comma.
        Saying::Digits => text
            .split(|c: char| !c.is_alphanumeric())
            .map(|group| group.chars().map(String::from).collect::<Vec<_>>().join(" "))
            .filter(|group| !group.is_empty())
            .collect(),
    };
    let separator = if matches!(saying, Saying::Digits) { ", " } else { " " };
    Ok(Some(said.join(separator)).filter(|said| !said.is_empty()))
}

/// `120%` is 1.2, `+20%` too.
fn percent(text: &str) -> Option<f32> {
    let digits = text.trim().strip_suffix('%')?.trim();
    let number = digits.parse::<f32>().ok().filter(|n| n.is_finite())? / 100.0;
    Some(if digits.starts_with(['+', '-']) { 1.0 + number } else { number })
}

fn named<T: Copy>(text: &str, table: &[(&str, T)]) -> Option<T> {
    table.iter().find(|(name, _)| *name == text.trim()).map(|(_, value)| *value)
}

fn unknown<T>(text: &str, table: &[(&str, T)], or: &str) -> Fault {
    let names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    let help = format!("{} {or}", suggest(text.trim(), &names));
    Fault::new(format!("'{}' is not known here", text.trim())).help(help)
}
