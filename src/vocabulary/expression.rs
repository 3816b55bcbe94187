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
