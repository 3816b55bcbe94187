//! Visemes in the words of those who do not know them: as channels, and as the five vowels.
//!
//! It knows no avatar; an avatar's own shapes may look different.

use super::recipes::{recipe, vowel_recipe};
use crate::vocabulary::{Channel, Viseme};

/// What channels show `visemes` (weights 0..=1 in [`Viseme::ALL`]'s order), 0..=1 in [`Channel::ALL`]'s order.
pub fn channel_mix(visemes: &[f32; Viseme::COUNT]) -> [f32; Channel::COUNT] {
    let mut channels = [0.0f32; Channel::COUNT];
    for (viseme, weight) in Viseme::ALL.iter().zip(visemes) {
        for (channel, share) in recipe(*viseme) {
            channels[channel.index()] += weight * share;
        }
    }
    channels.map(|weight| weight.clamp(0.0, 1.0))
}

/// How much of aa, ih, ou, ee and oh shows `visemes`, 0..=1 each.
pub fn vowel_mix(visemes: &[f32; Viseme::COUNT]) -> [f32; 5] {
    let mut vowels = [0.0f32; 5];
    for (viseme, weight) in Viseme::ALL.iter().zip(visemes) {
        for (place, share) in vowel_recipe(*viseme) {
            if let Some(slot) = vowels.get_mut(*place) {
                *slot += weight * share;
            }
        }
    }
    vowels.map(|weight| weight.clamp(0.0, 1.0))
}
