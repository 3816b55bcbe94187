//! How a stretch of a line's text is said beside what its letters say: in other words, by given phones, faster, higher,
//! louder.
//!
//! Data and the meaning of SSML's named levels; no voice is known here.

use std::ops::Range;

/// Markup over a stretch of a line's spoken text.
#[derive(Debug, Clone, PartialEq)]
pub struct LineMarkup {
    /// Bytes of [`Line::spoken`](super::written::Line::spoken); never empty.
    pub text: Range<usize>,
    /// What is asked for.
    pub markup: Markup,
}

/// What is asked of the voice.
#[derive(Debug, Clone, PartialEq)]
pub enum Markup {
    /// This is said, the text is shown.
    Alias(String),
    /// These phones are said, a list for each word: IPA, and stress (0 none, 1 primary, 2 secondary).
    Phones(Vec<Vec<(String, u8)>>),
    /// In this manner.
    Manner(Manner),
}

impl Markup {
    /// Whether the stretch is said as one, by something else than its letters.
    pub fn is_atomic(&self) -> bool {
        !matches!(self, Self::Manner(_))
    }
}

/// How fast, high and loud, against the voice's own way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Manner {
    /// A factor, 0.2..=4; 2 is twice as fast.
    pub rate: f32,
    /// A factor, 0.5..=2; 2 is an octave higher.
    pub pitch: f32,
    /// Decibels, −90..=12; −90 is silence.
    pub volume_db: f32,
}

impl Default for Manner {
    fn default() -> Self {
        Self { rate: 1.0, pitch: 1.0, volume_db: 0.0 }
    }
}

impl Manner {
    /// One inside the other, within the ranges.
    pub fn and(self, inner: Self) -> Self {
        Self {
            rate: (self.rate * inner.rate).clamp(0.2, 4.0),
            pitch: (self.pitch * inner.pitch).clamp(0.5, 2.0),
            volume_db: (self.volume_db + inner.volume_db).clamp(-90.0, 12.0),
        }
    }

    /// Whether speed and pitch are the voice's own.
    pub fn is_even(self) -> bool {
        (self.rate - 1.0).abs() < 1e-3 && (self.pitch - 1.0).abs() < 1e-3
    }
}

/// The levels of `<emphasis>` and `[emphasis]`, the first where none is named: about the changes that listeners take for
/// prominence (slower, up to three semitones higher, a few decibels louder), halved or reversed for the others.
const EMPHASIS: &[(&str, Manner)] = &[
    ("moderate", Manner { rate: 0.92, pitch: 1.09, volume_db: 2.0 }),
    ("strong", Manner { rate: 0.84, pitch: 1.19, volume_db: 4.0 }),
    ("reduced", Manner { rate: 1.1, pitch: 0.95, volume_db: -3.0 }),
    ("none", Manner { rate: 1.0, pitch: 1.0, volume_db: 0.0 }),
];

/// The manner of an emphasis; `None` for an unknown level.
pub fn emphasis(level: &str) -> Option<Manner> {
    EMPHASIS.iter().find(|(name, _)| *name == level).map(|(_, manner)| *manner)
}

/// The names of all levels.
pub fn emphasis_levels() -> Vec<&'static str> {
    EMPHASIS.iter().map(|(name, _)| *name).collect()
}

/// The level where none is named.
pub const DEFAULT_EMPHASIS: &str = "moderate";
