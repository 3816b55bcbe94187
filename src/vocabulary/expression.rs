//! The expression presets of VRM 1.0.
//!
//! Source: `VRMC_vrm-1.0/expressions.md`.

use super::names;

names! {
    /// A preset expression: a whole-face shape with a weight in 0..=1.
    pub enum Expression {
        Happy = "happy",
        Angry = "angry",
        Sad = "sad",
        Relaxed = "relaxed",
        Surprised = "surprised",
        Neutral = "neutral",
        Aa = "aa",
        Ih = "ih",
        Ou = "ou",
        Ee = "ee",
        Oh = "oh",
        Blink = "blink",
        BlinkLeft = "blinkLeft",
        BlinkRight = "blinkRight",
        LookUp = "lookUp",
        LookDown = "lookDown",
        LookLeft = "lookLeft",
        LookRight = "lookRight",
    }
}

/// What an expression is about: others can override those that a program makes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpressionKind {
    /// aa, ih, ou, ee, oh.
    Mouth,
    /// blink, blinkLeft, blinkRight.
    Blink,
    /// lookUp, lookDown, lookLeft, lookRight.
    LookAt,
    /// All others.
    Face,
}

impl Expression {
    /// What it is about.
    pub const fn kind(self) -> ExpressionKind {
        match self {
            Self::Aa | Self::Ih | Self::Ou | Self::Ee | Self::Oh => ExpressionKind::Mouth,
            Self::Blink | Self::BlinkLeft | Self::BlinkRight => ExpressionKind::Blink,
            Self::LookUp | Self::LookDown | Self::LookLeft | Self::LookRight => ExpressionKind::LookAt,
            Self::Happy | Self::Angry | Self::Sad | Self::Relaxed | Self::Surprised | Self::Neutral => {
                ExpressionKind::Face
            }
        }
    }
}
